"""What a response's own files say of the versions that it is for."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ...schema.declarations import Declared, declared


def declared_in(resources: Mapping[str, bytes], around: Declared | None = None) -> Declared:
    """What the files of a response declare, by their path below its root.

    :param around: what the folder that the response is in declares; what is nearer counts more.
    """
    around = around or Declared([], [], (), [])
    if not resources:
        return around
    with tempfile.TemporaryDirectory(prefix="cdktf-fix-") as folder:
        root = Path(folder)
        # It is a repository of its own, so that nothing above it counts.
        (root / ".git").mkdir()
        for path, data in resources.items():
            target = root / path
            if ".git" not in target.parts[len(root.parts) :]:
                _write(target, data)
        found = declared(root)
    farther = [replace(each, source=f"../{each.source}", level=each.level + 1) for each in around.versions]
    return Declared(
        [*found.versions, *farther],
        found.bindings or around.bindings,
        found.outputs or around.outputs,
        [*found.problems, *around.problems],
    )


def _write(target: Path, data: bytes) -> None:
    """Write one of several files, which may have been given a folder's name."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    except OSError:
        return
