"""Whatever ends the host ends the workers, and what they started."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cdktf_codemods.oracle.sandbox import Mode, descendants

from tests.cli.test_apply import ENVIRONMENT
from tests.cli.test_writing import running
from tests.conftest import sandboxes

pytestmark = pytest.mark.xdist_group("hostile")

HOST = """\
import sys
from pathlib import Path
from cdktf_codemods import Schema
from cdktf_codemods.oracle import Limits, Oracle
from cdktf_codemods.schema.versions import choose

oracle = Oracle(Schema(choose([])[0]), limits=Limits(seconds=900), mode=sys.argv[1])
if sys.argv[2] == "starting":
    print("ready", flush=True)
oracle.warm()
print("ready", flush=True)
if sys.argv[2] == "asked":
    oracle.synthesize(Path(sys.argv[3]))
sys.stdin.read()
"""


@pytest.mark.parametrize("when", ["starting", "idle", "asked"])
@pytest.mark.parametrize("mode", ["none", *sandboxes()])
def test_nothing_outlives_a_killed_host(mode: Mode, when: str, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("import time\ntime.sleep(800)\n")
    host = subprocess.Popen(
        [sys.executable, "-c", HOST, mode, when, str(tmp_path)],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert host.stdout is not None
    host.stdout.readline()
    deadline = time.monotonic() + 120
    wanted = {"starting": 1, "idle": 2, "asked": 3}[when]
    while len(started := set(descendants(host.pid))) < wanted and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)
    started |= set(descendants(host.pid))
    host.kill()
    host.communicate()
    deadline = time.monotonic() + 120
    while running(started) and time.monotonic() < deadline:
        time.sleep(0.1)
    left = running(started)
    for process in left:
        os.kill(process, 9)
    assert not left
