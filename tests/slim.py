"""Slim kernels against the whole package: the Terraform has to be the same.

``python -m tests.slim --count 200`` compares a generated project for each of so many submodules, drawn by a fixed seed, and
all of the corpus; the whole package is loaded once, in a Python of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from cdktf_codemods import Schema
from cdktf_codemods.knowledge.entry_points import ENTRY_POINTS
from cdktf_codemods.oracle import Oracle
from cdktf_codemods.oracle.sandbox import WORK, environment
from cdktf_codemods.schema.versions import choose

from tests.whole_provider import imports_of, module_code, valid_calls

CORPUS = Path(__file__).parents[1] / "corpus"
PACKAGE = "cdktf_cdktf_provider_aws"
VARIABLES = {"DB_PASSWORD": "of-the-test", "ENVIRONMENT_SUFFIX": "test"}
Stacks = dict[str, Any]

_STACK = """
from cdktf import App, TerraformStack
app = App(skip_validation=True)
for name, case in [(name, case) for name, case in list(globals().items()) if name.startswith("case_")]:
    case(TerraformStack(app, name))
app.synth()
"""
_WHOLE = """
import json, os, runpy, shutil, sys
from pathlib import Path
import cdktf_cdktf_provider_aws
known = set(sys.modules)
# What a project prints is not taken for an answer.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
here = Path.cwd()
sys.path.insert(0, str(here))
for line in sys.stdin:
    project, entry = json.loads(line)
    for left in here.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    # The kernel resolves paths from the folder that it was started in.
    shutil.copytree(project, here, dirs_exist_ok=True, ignore=shutil.ignore_patterns("cdktf.out"))
    sys.argv = [entry]
    try:
        runpy.run_path(entry, run_name="__main__")
        error = None
    except BaseException as caught:
        ended = isinstance(caught, SystemExit) and caught.code in (None, 0)
        error = None if ended else f"{type(caught).__name__}: {caught}".splitlines()[0]
    stacks = {path.parent.name: json.loads(path.read_text()) for path in here.glob("cdktf.out/stacks/*/cdk.tf.json")}
    for name in set(sys.modules) - known:
        if not name.startswith(("cdktf", "constructs", "jsii")):
            del sys.modules[name]
    print(json.dumps([error, stacks if error is None else {}]), file=answers, flush=True)
"""


def generated(schema: Schema, count: int, folder: Path, seed: int = 1) -> list[Path]:
    """A project for each of some submodules, which makes all of its constructs."""
    modules = dict(valid_calls(schema, PACKAGE))
    found = []
    for module in sorted(random.Random(seed).sample(sorted(modules), count)):
        calls = [call for call in modules[module] if call.made.kind in ("resource", "data source", "provider")]
        if calls:
            found.append(folder / module)
            found[-1].mkdir()
            (found[-1] / "main.py").write_text(module_code(calls, "direct", imports_of(calls)) + _STACK)
    return found


def whole(projects: list[Path]) -> list[tuple[str | None, Stacks]]:
    """The error, or else the stacks, of each project by the whole package."""
    requests = []
    for project in projects:
        entry = next(name for name in ENTRY_POINTS if (project / name).is_file())
        requests.append(json.dumps([str(project.resolve()), entry]))
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-c", _WHOLE],
            input="\n".join(requests) + "\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
            cwd=folder,
            env={**os.environ, **environment(), **VARIABLES, "HOME": home, "TMPDIR": home},
        )
    # Where the state is kept is told by the folder of the run.
    said = done.stdout.replace(os.path.realpath(folder), WORK)
    return [tuple(json.loads(line)) for line in said.splitlines()]


def differences(schema: Schema, projects: list[Path], by_whole: list[tuple[str | None, Stacks]]) -> list[str]:
    """The projects of which a slim kernel says something else than the whole package does."""
    found = []
    with Oracle(schema, jobs=2, environment=VARIABLES) as oracle:
        slim = list(oracle.synthesize_all(projects))
    for project, answer, (error, stacks) in zip(projects, slim, by_whole, strict=True):
        if error is not None or answer.failure is not None:
            ours = str(answer.failure).splitlines()[0] if answer.failure else None
            if ours != error:
                found.append(f"{project.name}: {ours} for {error}")
        elif answer.stacks != stacks:
            found.append(f"{project.name}: other stacks: {_first(answer.stacks, stacks, '')}")
    return found


def _first(one: Any, other: Any, path: str) -> str:
    """The first place where two values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            if one.get(key) != other.get(key):
                return _first(one.get(key), other.get(key), f"{path}.{key}")
    return f"{path}: {str(one)[:100]} for {str(other)[:100]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        schema = Schema(choose([])[0])
        projects = generated(schema, options.count, Path(folder), options.seed)
        projects += [
            path.parent / which for path in sorted(CORPUS.glob("*/case.toml")) for which in ("before", "after")
        ]
        projects = [path for path in projects if any((path / name).is_file() for name in ENTRY_POINTS)]
        found = differences(schema, projects, whole(projects))
    print(*found, f"{len(projects)} projects, {len(found)} differ", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
