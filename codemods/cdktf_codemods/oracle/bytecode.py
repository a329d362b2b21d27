"""Byte code of cdktf and the providers, made once where their environment has none (``uv``, a fresh image, a copy).

Without it Python compiles 40 MB of source for AWS at each start, and the sandbox can write nothing down.
"""

from __future__ import annotations

import importlib.util
import os
import py_compile
import struct
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


def home() -> Path:
    """Where byte code is kept, for this Python."""
    return user_folder() / "bytecode" / str(sys.implementation.cache_tag)


def compile_submodules(package: Path, submodules: Iterable[str], ours: bool = False) -> Path | None:
    """Make the byte code of some submodules of the package in a folder, where it is not there yet.

    :param ours: a package of ours, which no installer has seen: its byte code may lie beside the source.
    :returns: the prefix under which Python finds it, where that is not the one it uses anyway.
    """
    sources = [path for name in submodules if (path := package / name / "__init__.py").is_file()]
    folder = _folder()
    if folder is None and not ours and not all(_is_fresh(path, _cached(path, None)) for path in sources):
        folder = home()
    for path in sources if folder is not None or ours else ():
        if not _is_fresh(path, target := _cached(path, folder)):
            py_compile.compile(str(path), str(target), doraise=False, quiet=2)
    return folder if folder != _folder() else None


def _is_fresh(source: Path, target: Path) -> bool:
    """Whether byte code is of the source as it is; byte code that is checked by a hash, or never, is believed."""
    try:
        with target.open("rb") as file:
            _, flags, changed, size = struct.unpack("<4sIII", file.read(16))
    except (OSError, struct.error):
        return False
    now = source.stat()
    return flags != 0 or (changed, size) == (int(now.st_mtime) & 0xFFFFFFFF, now.st_size & 0xFFFFFFFF)


@cache
def _folder() -> Path | None:
    """Where the byte code is kept; None where the environment has its own, or none can be kept."""
    spec = importlib.util.find_spec("cdktf")
    if spec is None or spec.origin is None:
        return None
    source = Path(spec.origin)
    if _is_fresh(source, _cached(source, None)):
        return None
    folder = home()
    if not _is_fresh(source, _cached(source, folder)):
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
