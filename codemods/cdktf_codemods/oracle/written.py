"""What a project wrote, as it lies there: whatever is in ``cdktf.out`` is what Terraform would get. In the sandbox."""

from __future__ import annotations

import os
import stat
from pathlib import Path

LARGEST = 32 << 20
"""Bytes that all stacks of a project may have together."""


class TooMuchError(Exception):
    """The stacks are larger than what is read of them."""


class OddFileError(Exception):
    """What should be a stack is no file."""


def written(folder: Path) -> dict[str, str]:
    """The text of each stack by its name, unread and unbelieved.

    :raises TooMuchError: there is more than can be taken.
    :raises OddFileError: one is no file: a pipe would be waited for, and a link leads to where no project has been.
    """
    found = {}
    left = LARGEST
    for path in sorted(folder.glob("cdktf.out/stacks/*/cdk.tf.json")):
        data = _read(path, left)
        left -= len(data)
        if left < 0:
            raise TooMuchError(f"more than {LARGEST >> 20} MiB of stacks")
        found[path.parent.name] = data.decode("utf-8", "surrogateescape")
    return found


def _read(path: Path, most: int) -> bytes:
    name = path.parent.name
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise OddFileError(f"stack {name} cannot be read: {error.strerror}") from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OddFileError(f"stack {name} is no file")
        return file.read(most + 1)
