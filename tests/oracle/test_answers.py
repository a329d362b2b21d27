"""What the oracle says of a project, and where it puts an error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cdktf_codemods import Schema
from cdktf_codemods.oracle import Answer, Failure, Oracle, OracleError, Place
from cdktf_codemods.oracle.answer import Complaint, Dropped, believed
from cdktf_codemods.schema.versions import asked, choose

STACK = """\
from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.security_group import SecurityGroup


class Web(TerraformStack):
    def __init__(self, scope, construct_id, *, region: str, ports: list[int], count: int, environment_suffix="dev"):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region=region)
        SecurityGroup(
            self,
            "web",
            ingress=[{"from_port": count}],
        )
"""
SMALL = "from cdktf import App, TerraformStack\napp = App()\nTerraformStack(app, 's')\napp.synth()\n"
MAIN = "from cdktf import App\nfrom lib.web import Web\napp = App()\nWeb(app, 'web', region='us-east-1', ports=[], count=1)\napp.synth()\n"


def ask(oracle: Oracle, folder: Path, files: dict[str, str]) -> Answer:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return oracle.synthesize(folder)


def test_what_is_lost_has_its_construct_and_line(oracle: Oracle, tmp_path: Path) -> None:
    answer = ask(oracle, tmp_path, {"main.py": MAIN, "lib/web.py": STACK})
    assert answer.status == "loses"
    assert answer.dropped == (Dropped("SecurityGroup", "ingress", "from_port", Place("lib/web.py", 10)),)
    assert answer.resources == 1
    assert answer.constructs["web/web"] == Place("lib/web.py", 10)
    assert answer.as_json()["dropped"][0]["place"] == {"path": "lib/web.py", "line": 10}


def test_stacks_without_an_entry_point_are_built(oracle: Oracle, tmp_path: Path) -> None:
    answer = ask(oracle, tmp_path, {"lib/web.py": STACK, "lib/__init__.py": ""})
    assert answer.driven
    assert answer.failure is None
    assert list(answer.stacks) == ["Web-1"]


def test_only_the_files_asked_for_are_built(oracle: Oracle, tmp_path: Path) -> None:
    (tmp_path / "web.py").write_text(STACK)
    (tmp_path / "broken.py").write_text("import nothing_of_that_name\n")
    assert oracle.synthesize(tmp_path, files=["web.py"]).failure is None
    failure = oracle.synthesize(tmp_path).failure
    assert failure is not None
    assert failure.place == Place("broken.py", 1)


@pytest.mark.parametrize(
    ("code", "kind", "place"),
    [
        ("import nothing_of_that_name\n", "import", 1),
        ("x = 1\ny = (\n", "import", 2),
        ("\nx = {}\nx['a']\n", "code", 3),
        ("from cdktf import App, TerraformStack\napp = App()\nTerraformStack(app, 's')\nTerraformStack(app, 's')\n", "code", 4),
        ("from cdktf import App, Fn, TerraformStack, TerraformOutput\nfrom cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones\napp = App()\ns = TerraformStack(app, 's')\nz = DataAwsAvailabilityZones(s, 'z')\nTerraformOutput(s, 'o', value=z.names[0])\napp.synth()\n", "synthesis", 7),
        ("raise SystemExit('no')\n", "exit", None),
        ("x = 1\n", "synthesis", None),
    ],
)  # fmt: skip
def test_failures_have_kind_and_line(code: str, kind: str, place: int | None, oracle: Oracle, tmp_path: Path) -> None:
    failure = ask(oracle, tmp_path, {"main.py": code}).failure
    assert failure is not None
    assert failure.kind == kind, failure
    assert failure.place == (Place("main.py", place) if place else None)


def test_nothing_to_run(oracle: Oracle, tmp_path: Path) -> None:
    failure = ask(oracle, tmp_path, {"helpers.py": "x = 1\n"}).failure
    assert failure is not None
    assert failure.kind == "entry"


def test_the_copy_may_be_changed_and_the_project_is_not(oracle: Oracle, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("broken(")
    changed = {"main.py": MAIN.encode(), "lib/web.py": STACK.encode()}
    assert oracle.synthesize(tmp_path, changed=changed).failure is None
    assert [path.name for path in tmp_path.iterdir()] == ["main.py"]


def test_projects_do_not_see_each_other(oracle: Oracle, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert ask(oracle, first, {"main.py": MAIN, "lib/web.py": STACK, "left.txt": "x"}).failure is None
    failure = ask(oracle, second, {"main.py": "open('left.txt')\n"}).failure
    assert failure is not None
    assert failure.type == "FileNotFoundError"


def test_another_version_than_the_installed_one_is_refused() -> None:
    with pytest.raises(OracleError, match="pip install cdktf-cdktf-provider-aws==20"):
        Oracle(Schema(choose([asked("aws@20.1.0")])[0]))


def test_without_node(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(OracleError, match=r"Node\.js is not installed"):
        Oracle(schema)


def test_a_full_disk_is_said_and_the_run_goes_on(
    oracle: Oracle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "main.py").write_text(SMALL)
    oracle.close()
    with monkeypatch.context() as full:
        full.setattr("tempfile.mkdtemp", fail)
        answer = oracle.synthesize(tmp_path)
    assert answer.status == "unknown"
    assert str(answer.failure).endswith("No space left on device")
    assert oracle.synthesize(tmp_path).failure is None


def fail(**_: object) -> str:
    raise OSError(28, "No space left on device", "/tmp")


FINE, FAILS = Answer(stacks={"s": {"resource": {"a": {"b": {}}}}}), Answer(Failure("code", "E", "m"))
LOSES = Answer(stacks=FINE.stacks, dropped=(Dropped("A", "b", "c"),))
REFUSED = Answer(stacks=FINE.stacks, complaints=(Complaint("s", "invalid"),))
MORE = Answer(stacks=FINE.stacks, complaints=(Complaint("s", "invalid"), Complaint("s", "hidden before")))


@pytest.mark.parametrize(
    ("after", "before", "worse"),
    [(FINE, FAILS, False), (FAILS, FINE, True), (LOSES, FINE, True), (FINE, LOSES, False), (FAILS, FAILS, False),
     (LOSES, FAILS, False), (Answer(stacks={"s": {}}), FINE, True),
     (REFUSED, FINE, True), (REFUSED, LOSES, False), (REFUSED, FAILS, False), (MORE, REFUSED, False), (FINE, REFUSED, False)],
)  # fmt: skip
def test_worse(after: Answer, before: Answer, worse: bool) -> None:
    assert after.is_worse_than(before) is worse


RIGHT: dict[str, Any] = {
    "failure": None,
    "stacks": {"s": json.dumps({"resource": {"aws_eip": {"a": {}, "b": {}}}})},
    "dropped": [{"construct": "A", "argument": "b", "key": "c", "place": ["main.py", 3]}, {"construct": "A", "argument": "b", "key": "d", "place": None}],
    "refused": ["to reach x"],
    "constructs": {"s/a": ["main.py", 2]},
    "seconds": 1,
}  # fmt: skip
FAILURE = {"kind": "code", "type": "E", "message": "m", "place": ["main.py", 1]}


def test_a_right_answer_is_believed() -> None:
    answer = believed(RIGHT)
    assert answer.failure is None
    assert answer.resources == 2
    assert answer.dropped == (Dropped("A", "b", "c", Place("main.py", 3)), Dropped("A", "b", "d"))
    assert (answer.refused, answer.constructs) == (("to reach x",), {"s/a": Place("main.py", 2)})
    assert believed({"failure": FAILURE}).failure == Failure("code", "E", "m", Place("main.py", 1))


@pytest.mark.parametrize(
    "said",
    [None, [], 3, "x", {}, {"failure": None}, {**RIGHT, "failure": []}, {**RIGHT, "failure": "no"}, {**RIGHT, "failure": {}}]
    + [{**RIGHT, "failure": {**FAILURE, **wrong}} for wrong in (
        {"kind": "x"}, {"kind": []}, {"type": None}, {"message": 3}, {"place": "main.py"}, {"place": ["main.py"]},
        {"place": ["main.py", "1"]}, {"place": ["main.py", True]}, {"place": ["../main.py", 1]}, {"place": ["/etc/passwd", 1]}, {"place": ["main.py", 0]},
    )]
    + [{**RIGHT, name: wrong} for name, wrong in (
        ("dropped", {}), ("dropped", [3]), ("dropped", [{}]), ("dropped", [{**RIGHT["dropped"][0], "key": 3}]), ("dropped", [RIGHT["dropped"][1]] * 100_001),
        ("refused", "x"), ("refused", [[]]), ("constructs", []), ("constructs", {"a": 3}), ("seconds", "1"),
        ("seconds", float("nan")), ("seconds", 10**400), ("stacks", []), ("stacks", {"s": 3}), ("stacks", {}),
    )],
)  # fmt: skip
def test_a_forged_or_broken_answer_is_the_projects_failure(said: object) -> None:
    failure = believed(said).failure
    assert failure is not None
    assert (failure.kind, failure.message[:25]) == ("died", "what came back is no answ")


@pytest.mark.parametrize(
    ("stack", "wrong"),
    [("[]", "no object"), ("3", "no object"), ("", "no JSON"), ("{", "no JSON"), ('{"a": \udc80}', "no"), ('{"a": "\udc80"}', "UTF-8"), ("[" * 100_000, "nested too deeply"),
     ('{"a": ' + "[" * 300 + "]" * 300 + "}", "nested too deeply"), (f'{{"a": {"1" * 5000}}}', "no JSON"),
     ('{"resource": []}', "`resource`"), ('{"resource": {"a": []}}', "`resource`"), ('{"resource": {"a": {"b": []}}}', "`resource`"), ('{"data": 3}', "`data`"), ('{"terraform": []}', "`terraform`"),
     ('{"terraform": {"required_providers": []}}', "`required_providers`"), ('{"terraform": {"required_providers": {"aws": "5"}}}', "`required_providers`"),
     ('{"terraform": {"required_providers": {"aws": {"source": 3}}}}', "`required_providers`")],
)  # fmt: skip
def test_a_stack_that_cdktf_does_not_write(stack: str, wrong: str) -> None:
    answer = believed({**RIGHT, "stacks": {"s": stack}})
    assert answer.failure is not None
    assert answer.failure.kind == "synthesis"
    assert wrong in answer.failure.message
    assert answer.as_json()["status"] == "fails"


def test_what_is_long_is_cut() -> None:
    failure = believed({"failure": {**FAILURE, "message": "x" * 1_000_000}}).failure
    assert failure is not None
    assert len(failure.message) < 100_000
