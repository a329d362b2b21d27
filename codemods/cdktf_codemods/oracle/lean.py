"""The tarballs of cdktf and constructs without what the kernel does not read: made once a version, beside the parts.

Every kernel unpacks and reads both before anything else. Of the 2,468 files of cdktf 0.21.0, 723 are types, source maps
and prose, and a third of its assembly is documentation: without them a kernel starts with a quarter less work of its
Node, and is 17 MB smaller.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
from pathlib import Path

from ..schema.assembly import AssemblyError, described, files_of, installed_tarball, is_description
from .parts import folder, without_prose

PACKAGES = ("constructs", "cdktf")
"""What every kernel loads; their names in Python and in jsii are the same."""
_READ = (".js", ".cjs", ".json", ".node")
"""What ``require`` takes (Node.js, *CommonJS modules*); the kernel requires everything."""
_FORMAT = 1
"""Of the files: part of their names, so that those of another are made anew."""


def lean_tarballs() -> dict[str, str]:
    """The paths of the tarballs that a kernel is to be given instead of the packages' own, by their names in jsii.

    A package for which there is none is loaded as it is.
    """
    found = {}
    for package in PACKAGES:
        try:
            original = installed_tarball(package)
            path = folder() / f"{original.name.removesuffix('.jsii.tgz')}.{_FORMAT}.tar"
            if not path.exists():
                _save(original, path)
        except (AssemblyError, OSError, tarfile.TarError, KeyError, ValueError):
            continue
        found[package] = str(path)
    return found


def _save(original: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    files = files_of(original, lambda name: name.endswith(_READ) or is_description(name))
    assembly, _ = described(files.get)
    files = {name: data for name, data in files.items() if name.endswith(_READ)}
    files[".jsii"] = json.dumps(without_prose(assembly)).encode()
    with tarfile.open(unfinished, "w") as target:
        for name, data in files.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(data)
            target.addfile(info, io.BytesIO(data))
    os.replace(unfinished, path)
