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
from cdktf_codemods.oracle import Answer
from cdktf_codemods.oracle.sandbox import descendants
from cdktf_fix import verify
from cdktf_fix.options import OracleOptions

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
    reason = "made it worse (ValueError: DB_PASSWORD environment variable must be set); it is left out"
    assert f"S102 at main.py:6:12 {reason}" in done.stderr.decode()
    assert done.returncode == 1
    assert 'os.getenv("DB_PASSWORD", "change me")' in after
    assert long_line not in after


SITES = """\
import os
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
app = App()
stack = TerraformStack(app, "stack")
AwsProvider(stack, "aws", region="us-east-1")
first = os.getenv("FIRST_PASSWORD", "change me")
second = os.getenv("SECOND_TOKEN", "change me")
third = os.getenv("THIRD_SECRET", "change me")
fourth = os.getenv("FOURTH_PASSWORD", "change me")
SecurityGroup(stack, "web", ingress=[{"from_port": 80, "to_port": 80, "protocol": "tcp"}])
app.synth()
"""


def test_of_one_rule_in_one_file_only_the_sites_that_make_it_worse_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "cdktf.json").write_text("{}")
    (tmp_path / "main.py").write_text(SITES)
    given = ("--env", "FIRST_PASSWORD=x", "--env", "THIRD_SECRET=x")
    select = ("--extend-select", "S102", "--unsafe-fixes")
    done = cdktf_fix("apply", "--verify", *select, *given, *LOCK, cwd=tmp_path)
    said, after = done.stderr.decode(), (tmp_path / "main.py").read_text()
    assert done.returncode == 1, said
    assert 'first = os.getenv("FIRST_PASSWORD")\n' in after
    assert 'second = os.getenv("SECOND_TOKEN", "change me")\n' in after
    assert 'third = os.getenv("THIRD_SECRET")\n' in after
    assert 'fourth = os.getenv("FOURTH_PASSWORD", "change me")\n' in after
    assert "SecurityGroupIngress(from_port=80" in after
    for variable, place in (("SECOND_TOKEN", "main.py:9:10"), ("FOURTH_PASSWORD", "main.py:11:10")):
        reason = f"made it worse (ValueError: {variable} environment variable must be set); it is left out"
        assert f"S102 at {place} {reason}" in said
    assert said.count("[*]") == 3
    assert "Repaired 3 failures in 1 file" in said
    assert "2 left: 2 only shown" in said
    assert ".: after: synthesises (1 stack, 1 resource)" in said


GUIDED = """\
import json
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
app = App()
stack = TerraformStack(app, "shop")
zone = "eu-west-1a"
for queue in json.loads('[{"name": 1}, {"name": 2}]'):
    SqsQueue(stack, "queue", name=queue["name"])
app.synth()
"""


def test_guided_by_the_run_until_it_synthesises(tmp_path: Path) -> None:
    (tmp_path / "cdktf.json").write_text("{}")
    (tmp_path / "main.py").write_text(GUIDED)
    plain = cdktf_fix("apply", "--verify", *LOCK, cwd=tmp_path)
    assert (tmp_path / "main.py").read_text() == GUIDED, plain.stderr
    done = cdktf_fix("apply", "--verify", "--guided", "--ignore", "G105", *LOCK, cwd=tmp_path)
    said, after = done.stderr.decode(), (tmp_path / "main.py").read_text()
    assert """SqsQueue(stack, f"queue-{queue['name']}", name=str(queue["name"]))""" in after
    assert "main.py:8:21: G102 [*] the id `queue` is taken in its scope by the same call (unsafe); when" in said
    assert "G105" not in said
    assert "AwsProvider" not in after
    again = cdktf_fix("apply", "--verify", "--guided", *LOCK, cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert 'AwsProvider(stack, "aws", region="eu-west-1")' in (tmp_path / "main.py").read_text()
    assert b".: after: synthesises (1 stack, 2 resources)" in again.stderr


def test_projects_that_ask_at_once_share_an_oracle(
    projects: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[int] = []

    class Slow:
        def __init__(self, *_: object) -> None:
            made.append(1)
            time.sleep(0.2)

        def __enter__(self) -> Slow:
            return self

        def __exit__(self, *_: object) -> None:
            made.append(-1)

        def expect(self, runs: int) -> None:
            made.append(runs)

        def synthesize(self, *_: object, **__: object) -> Answer:
            return Answer(stacks={"stack": {}})

    monkeypatch.setattr(verify, "Oracle", Slow)
    monkeypatch.chdir(projects)
    assert verify.run(verify.VerifyOptions(paths=(Path(),), oracle=OracleOptions(), jobs=3)) == 0
    assert capsys.readouterr().out.count("synthesises") == 3
    assert made == [1, 3, -1]


@pytest.mark.parametrize("option", ["--guided", "--terraform"])
def test_what_needs_verify_says_so(option: str, tmp_path: Path) -> None:
    done = cdktf_fix("apply", option, cwd=tmp_path)
    assert done.returncode == 2
    assert b"need --verify" in done.stderr


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
