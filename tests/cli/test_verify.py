"""``verify`` and ``apply --verify`` as a user runs them."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cdktf_codemods.oracle.sandbox import descendants

from tests.conftest import CAN_LOCK_UP

from .test_apply import CORPUS, ENVIRONMENT, cdktf_fix
from .test_writing import running

LOCK = ("--jobs", "1") if CAN_LOCK_UP else ("--jobs", "1", "--no-sandbox")

pytestmark = pytest.mark.xdist_group("verify")


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("projects")
    for name in ("edge-network", "iot-platform", "data-platform"):
        shutil.copytree(CORPUS / name / "before", folder / name)
    return folder


def test_verify_for_people_and_for_programs(projects: Path) -> None:
    done = cdktf_fix("verify", *LOCK, cwd=projects)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 1, done.stderr
    assert any(line.startswith("data-platform: synthesises (1 stack, ") for line in lines)
    assert any(line.startswith("iot-platform: fails at lib/tap_stack.py:17: TypeError") for line in lines)
    assert "    lib/network_stack.py:22: `RouteTable.route` drops `cidr_block`, `gateway_id`" in lines
    said = [json.loads(line) for line in cdktf_fix("verify", "--json", *LOCK, cwd=projects).stdout.splitlines()]
    assert {each["project"]: each["status"] for each in said} == {
        "data-platform": "synthesises",
        "edge-network": "loses",
        "iot-platform": "fails",
    }


def test_apply_verify_shows_both(projects: Path) -> None:
    done = cdktf_fix("apply", "--dry-run", "--verify", *LOCK, cwd=projects)
    text = done.stderr.decode()
    assert done.returncode == 1
    assert "edge-network: before: loses 34 keys in silence" in text
    assert "edge-network: after: synthesises (1 stack, 7 resources)" in text
    assert "iot-platform: before: fails at lib/tap_stack.py:17" in text
    assert "iot-platform: after: synthesises" in text


WORSE = """\
import os
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.eip import Eip
app = App()
stack = TerraformStack(app, "stack")
password = os.getenv("DB_PASSWORD", "change me")
{more}
app.synth()
"""


def test_what_makes_it_worse_is_left_out_and_named(tmp_path: Path) -> None:
    """The variable is not set here, so without its default the project fails."""
    (tmp_path / "cdktf.json").write_text("{}")
    long_line = f"names = ['{'a' * 50}', '{'b' * 50}', '{'c' * 50}']"
    (tmp_path / "main.py").write_text(WORSE.format(more=long_line))
    done = cdktf_fix("apply", "--verify", "--unsafe-fixes", "--select", "S102,L102", *LOCK, cwd=tmp_path)
    after = (tmp_path / "main.py").read_text()
    assert "S102 made it worse (ValueError: DB_PASSWORD environment variable must be set)" in done.stderr.decode()
    assert done.returncode == 1
    assert 'os.getenv("DB_PASSWORD", "change me")' in after
    assert long_line not in after


def test_other_versions_and_bad_variables_are_one_line(projects: Path) -> None:
    other = cdktf_fix("verify", "--provider", "aws@20.1.0", "edge-network", cwd=projects)
    assert other.returncode == 2
    assert b"pip install cdktf-cdktf-provider-aws==20.1.0" in other.stdout
    bad = cdktf_fix("verify", "--env", "NOVALUE", cwd=projects)
    assert bad.returncode == 2
    assert b"NAME=VALUE" in bad.stderr


@pytest.mark.parametrize("command", [["verify"], ["apply", "--dry-run", "--verify"]], ids=["verify", "apply"])
def test_ctrl_c_ends_the_kernels_too(tmp_path: Path, command: list[str]) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "cdktf.json").write_text("{}")
        (tmp_path / name / "main.py").write_text("import time\ntime.sleep(50)\n")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "cdktf_fix", *command, *LOCK, "one", "two", "three"],
        cwd=tmp_path,
        env={**ENVIRONMENT, "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not (begun := set(descendants(process.pid))) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)
    begun |= set(descendants(process.pid))
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 130
    assert b"Traceback" not in said
    deadline = time.monotonic() + 5
    while running(begun) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running(begun)
    assert list(scratch.iterdir()) == []
