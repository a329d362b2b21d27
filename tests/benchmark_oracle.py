"""Measures the oracle, in ratios: a warm project against a cold ``python main.py``, two jobs against one.

``python -m tests.benchmark_oracle``
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cdktf_codemods import Schema
from cdktf_codemods.oracle import Oracle
from cdktf_codemods.oracle.sandbox import environment
from cdktf_codemods.schema.versions import choose

CORPUS = Path(__file__).parents[1] / "corpus"
VARIABLES = {"DB_PASSWORD": "x", "ENVIRONMENT_SUFFIX": "x"}
ROUNDS = 4


def cold(projects: list[Path]) -> float:
    """Seconds a project, each in a Python and a kernel of its own; jsii's cache is on, as a user may have it."""
    began = time.monotonic()
    for project in projects:
        with tempfile.TemporaryDirectory() as folder:
            entry = next(name for name in ("tap.py", "main.py", "app.py") if (project / name).is_file())
            variables = {**os.environ, **environment(), **VARIABLES, "HOME": os.environ.get("HOME", folder)}
            variables |= {"JSII_RUNTIME_PACKAGE_CACHE": "enabled"}
            command = [sys.executable, str(project / entry)]
            subprocess.run(command, cwd=folder, env=variables, check=True, capture_output=True)
    return (time.monotonic() - began) / len(projects)


def warm(projects: list[Path], jobs: int) -> float:
    """Seconds a project, the kernels loaded."""
    with Oracle(Schema(choose([])[0]), jobs, environment=VARIABLES) as oracle:
        oracle.warm()
        list(oracle.synthesize_all(projects[: 2 * jobs]))
        began = time.monotonic()
        answers = list(oracle.synthesize_all(projects * ROUNDS))
        assert all(answer.failure is None for answer in answers)
        return (time.monotonic() - began) / len(answers)


def main() -> int:
    projects = sorted(path.parent / "after" for path in CORPUS.glob("*/case.toml"))
    one = warm(projects, 1)
    two = warm(projects, 2)
    alone = cold(projects[:4])
    print(f"warm, one job: {one:.3f} s a project; cold python: {alone:.1f} s, {alone / one:.0f} times as long")
    print(f"two jobs: {one / two:.2f} times the throughput of one")
    return 0


if __name__ == "__main__":
    sys.exit(main())
