"""The process behind :mod:`tests.warm`: the oracle's worker, which here answers for project after project."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from cdktf_codemods.oracle import worker


def main() -> None:
    """Load what the header names once, then run each project in a forked child, until the host has no more."""
    folder = Path(sys.argv[1])
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    worker._close_streams()
    header = json.loads(requests.readline())
    kernel = worker._Worker(folder, False, header, (requests.fileno(), answers.fileno()))
    kernel._load(header["packages"])
    while line := requests.readline():
        request = json.loads(line)
        answer = kernel.answer({**request, "packages": []}, requests.read(request["size"]))
        worker._write(answers, answer)
        _empty(folder)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


if __name__ == "__main__":
    main()
