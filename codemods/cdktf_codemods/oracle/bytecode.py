"""Byte code of cdktf and the providers, made once where their environment has none (``uv``, a fresh image).

Without it Python compiles 40 MB of source for AWS at each start, and the sandbox can write nothing down.
"""

from __future__ import annotations

import importlib.util
import os
import py_compile
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ..schema.store import user_folder

_VARIABLE = "PYTHONPYCACHEPREFIX"
_WARM = "import cdktf, jsii, cdktf_codemods.oracle.worker"


def variables() -> dict[str, str]:
    """What a Python in the sandbox has to be told to find the byte code; nothing where it lies beside the source."""
    folder = _folder()
    return {_VARIABLE: str(folder)} if folder is not None else {}


def compile_submodules(home: Path, submodules: Iterable[str], always: bool = False) -> None:
    """Make the byte code of some submodules of the package in a folder, where it is not there yet.

    :param always: of a package of ours too, which no installer has seen.
    """
    folder = _folder()
    for name in submodules if folder is not None or always else ():
        source = home / name / "__init__.py"
        target = _cached(source, folder)
        if source.is_file() and not target.exists():
            py_compile.compile(str(source), str(target), doraise=False, quiet=2)


@cache
def _folder() -> Path | None:
    """Where the byte code is kept; None where the environment has its own, or none can be kept."""
    spec = importlib.util.find_spec("cdktf")
    if spec is None or spec.origin is None or _cached(Path(spec.origin), None).exists():
        return None
    folder = user_folder() / "bytecode" / str(sys.implementation.cache_tag)
    if not _cached(Path(spec.origin), folder).exists():
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        command = [sys.executable, "-c", _WARM]
        done = subprocess.run(command, env={**environment, _VARIABLE: str(folder)}, capture_output=True)
        if done.returncode != 0:
            return None
    return folder


def _cached(source: Path, folder: Path | None) -> Path:
    """Where Python looks for the byte code of a file."""
    before = sys.pycache_prefix
    sys.pycache_prefix = str(folder) if folder is not None else None
    try:
        return Path(importlib.util.cache_from_source(str(source)))
    finally:
        sys.pycache_prefix = before
