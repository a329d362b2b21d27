"""Measures the oracle against a plain ``python main.py``, side by side: ``python -m tests.benchmark_oracle``.

Time and CPU time of a project whose kernel starts with it, and of one whose kernel waits ready; the memory of a kernel; the
program from a fresh process; and the throughput of one, two and four jobs.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cdktf_codemods import Schema
from cdktf_codemods.knowledge.entry_points import ENTRY_POINTS
from cdktf_codemods.oracle import Oracle
from cdktf_codemods.oracle.sandbox import descendants, environment, memory_of
from cdktf_codemods.schema.versions import choose

CORPUS = Path(__file__).parents[1] / "corpus"
VARIABLES = {"DB_PASSWORD": "x", "ENVIRONMENT_SUFFIX": "x"}
_PROJECTS = 4
"""Projects, each of which plain Python takes some 20 seconds for."""

Cost = tuple[float, float]
"""Seconds, and seconds of CPU."""


def cost(action: Callable[[], object]) -> Cost:
    """What an action takes. CPU time is that of the whole machine, which has to be quiet: nobody waits for what is killed,
    as kernels are, so that its time is counted nowhere else."""

    def used() -> float:
        user, nice, system = Path("/proc/stat").read_text().split()[1:4]
        return (int(user) + int(nice) + int(system)) / os.sysconf("SC_CLK_TCK")

    began, before = time.monotonic(), used()
    action()
    return time.monotonic() - began, used() - before


def plain(project: Path) -> Cost:
    """A project by Python alone; jsii's cache is on, as a user may have it."""
    with tempfile.TemporaryDirectory() as folder:
        entry = next(name for name in ENTRY_POINTS if (project / name).is_file())
        variables = {**os.environ, **environment(), **VARIABLES, "HOME": os.environ.get("HOME", folder)}
        variables |= {"JSII_RUNTIME_PACKAGE_CACHE": "enabled", "TMPDIR": folder}
        command = [sys.executable, str(project / entry)]
        return cost(lambda: subprocess.run(command, cwd=folder, env=variables, check=True, capture_output=True))


def asked(oracle: Oracle, project: Path) -> Cost:
    """A project by the oracle, whose answer has to be right."""

    def ask() -> None:
        answer = oracle.synthesize(project)
        assert answer.failure is None, answer.failure

    return cost(ask)


def program(project: Path) -> Cost:
    """``cdktf-fix verify`` on one project, from a fresh process."""
    variables = [part for name, value in VARIABLES.items() for part in ("--env", f"{name}={value}")]
    command = [sys.executable, "-m", "cdktf_fix", "verify", str(project), *variables]
    return cost(lambda: subprocess.run(command, check=True, capture_output=True))


def throughput(projects: list[Path], jobs: int) -> float:
    """Projects a second."""
    with Oracle(Schema(choose([])[0]), jobs, environment=VARIABLES) as oracle:
        began = time.monotonic()
        assert all(answer.failure is None for answer in oracle.synthesize_all(projects))
        return len(projects) / (time.monotonic() - began)


def memory(oracle: Oracle) -> int:
    """Bytes of a kernel that waits ready, with the Python and the sandbox around it."""
    oracle.warm()
    process = oracle._ready[0].process
    assert process is not None
    return memory_of(descendants(process.pid))


def shown(name: str, costs: list[Cost], against: list[Cost]) -> None:
    seconds, used = (statistics.median(each) for each in zip(*costs))
    theirs = [statistics.median(each) for each in zip(*against)]
    print(
        f"{name}: {seconds:.2f} s, {used:.2f} s of CPU; {seconds / theirs[0]:.3f} and {used / theirs[1]:.3f} times "
        f"python main.py ({theirs[0]:.1f} s, {theirs[1]:.1f} s of CPU)"
    )


def main() -> int:
    projects = [path.parent / "after" for path in sorted(CORPUS.glob("*/case.toml"))]
    projects = [path for path in projects if any((path / name).is_file() for name in ENTRY_POINTS)]
    long = sorted(projects, key=lambda path: -sum(each.stat().st_size for each in path.rglob("*.py")))[:_PROJECTS]
    with Oracle(Schema(choose([])[0]), environment=VARIABLES) as oracle:
        asked(oracle, long[0])  # which takes the provider apart, once a version
        cold = [asked(oracle, project) for project in long]
        by_python = [plain(project) for project in long]
        shown("cold", cold, by_python)
        print(f"a kernel: {memory(oracle) / (1 << 20):.0f} MB")
        warm = []
        for project in long:
            oracle.warm()
            time.sleep(1)
            warm.append(asked(oracle, project))
        shown("warm", warm, by_python)
    shown("cdktf-fix verify", [program(project) for project in long], by_python)
    one, two, four = (throughput(projects, jobs) for jobs in (1, 2, 4))
    print(f"jobs: {one:.2f}, {two:.2f} and {four:.2f} projects a second with 1, 2 and 4")
    return 0


if __name__ == "__main__":
    sys.exit(main())
