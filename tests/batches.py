"""Kills a batch at random moments and compares it with an undisturbed one: ``python -m tests.batches --kills 20``."""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent


def table(path: Path, count: int) -> None:
    """A table of programs from the corpus."""
    codes = [each.read_text("utf-8") for each in sorted((ROOT / "corpus").rglob("*.py"))]
    codes = [each for each in codes if 300 < len(each) < 4000]
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps({"id": number, "code": codes[number % len(codes)]}) + "\n")


def command(output: Path, *more: object) -> list[str]:
    return [sys.executable, "-m", "cdktf_fix", "batch", *map(str, more), "--output", str(output)]


def run(output: Path, *more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(output, *more), capture_output=True, text=True, check=False)


def watched(output: Path, *more: object) -> int:
    """Run a batch to its end; the most memory that its first process had, in KB, where the system tells it."""
    process = subprocess.Popen(command(output, *more))
    status = Path(f"/proc/{process.pid}/status")
    peak = 0
    while process.poll() is None:
        time.sleep(0.2)
        if status.exists():
            found = re.search(r"VmHWM:\s*(\d+)", status.read_text())
            peak = max(peak, int(found[1]) if found else 0)
    return peak


def killed(output: Path, kills: int, longest: float, *more: object) -> int:
    """Run a batch to its end through kills; how many of them met it running."""
    met = 0
    for _ in range(kills):
        process = subprocess.Popen(command(output, *more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0.3, longest))
        met += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    run(output, *more)
    return met


def compared(output: Path) -> dict[str, bytes]:
    """The bytes of a batch that do not depend on when it ran."""
    files = (each for each in sorted(output.rglob("*")) if each.is_file())
    return {
        name: each.read_bytes()
        for each in files
        if not (name := each.relative_to(output).as_posix()).startswith("times/")
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, one, other = (Path(folder) / name for name in ("t.jsonl", "one", "other"))
        table(source, given.count)
        start = time.monotonic()
        peak = watched(one, source)
        seconds = time.monotonic() - start
        usage = os.times()
        print(f"{seconds:.1f} s; processor time of children {usage.children_user + usage.children_system:.1f} s")
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f"at most {peak >> 10} MB in the process that hands out the work, {largest >> 10} MB in any")
        met = killed(other, given.kills, max(1.0, 1.5 * seconds / max(given.kills, 1)), source)
        same = compared(one) == compared(other)
        print(f"{met} of {given.kills} kills met it running; {'the same bytes' if same else 'DIFFERENT BYTES'}")
        return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main())
