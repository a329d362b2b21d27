"""``review``: each repair is shown and asked about; what is accepted is made, all at the end."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from .test_apply import BROKEN, CORPUS, FIXED, environment
from .test_decisions import TWICE, run

PASSWORD = """\
from cdktf_cdktf_provider_aws.db_instance import DbInstance
DbInstance(self, "db", instance_class="db.t3.micro", username="admin", password="ChangeMe123!", engine="mysql")
"""


class Reviewed:
    """What one review printed, and how it ended."""

    def __init__(self, code: int, printed: Any) -> None:
        self.code, self.out, self.err = code, printed.out, printed.err

    @property
    def asked(self) -> list[str]:
        """The places that were asked about, in order."""
        return [line.split("--> ")[1] for line in self.out.splitlines() if "--> " in line]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "main.py").write_text(TWICE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def review(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def answered(*answers: str, options: tuple[str, ...] = ()) -> Reviewed:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{each}\n" for each in answers)))
        return Reviewed(run("review", *options), capsys.readouterr())

    return answered


def test_what_is_accepted_is_made_and_the_rest_is_left(project: Path, review: Any) -> None:
    done = review("y", "n")
    assert (done.code, done.asked) == (1, ["main.py:2:16", "main.py:3:16"])
    assert (project / "main.py").read_text() == TWICE.replace("vpc=True", 'domain="vpc"', 1)
    assert '  + Eip(self, "e", domain="vpc")\n' in done.out
    assert done.err.splitlines() == ["Done: 1 accepted, 1 rejected, 0 left open."]
    assert review("y").code == 0
    assert (project / "main.py").read_text() == FIXED + FIXED.splitlines()[1].replace('"e"', '"f"') + "\n"
    assert review().err == "Nothing to review.\n"


def test_all_of_a_rule_all_of_a_file_and_the_way_back(project: Path, review: Any) -> None:
    (project / "other.py").write_text(BROKEN + PASSWORD)
    # All of main.py is accepted, taken back, rejected, taken back; then the rule, everywhere; the password is left.
    done = review("fy", "u", "fn", "u", "u", "ry", "n")
    assert done.code == 1
    first, other, password = "main.py:2:16", "other.py:2:16", "other.py:4:72"
    assert done.asked == [first, other, first, other, first, password]
    assert "main.py: 2 accepted" in done.out
    assert "A101 (eip-vpc): 3 accepted" in done.out
    assert "There is nothing to undo." in done.out
    assert "vpc=True" not in (project / "main.py").read_text() + (project / "other.py").read_text()
    assert (project / "other.py").read_text().endswith(PASSWORD)


def test_unsafe_repairs_are_called_so_and_go_with_no_safe_one(project: Path, review: Any) -> None:
    (project / "main.py").write_text(BROKEN + PASSWORD)
    done = review("fy", "y")
    assert "main.py: 1 accepted" in done.out
    assert "Make this unsafe repair?" in done.out
    assert done.code == 0
    assert "manage_master_user_password=True" in (project / "main.py").read_text()


def test_what_needs_a_rejected_repair_is_taken_back_and_comes_again(project: Path, review: Any) -> None:
    text = (CORPUS / "claims-portal" / "before" / "lib" / "monitoring.py").read_text()
    (project / "main.py").write_text(text)
    # The class is repaired in the imports, where 71 is seen only then; so 71 goes with 8, and comes back with it.
    done = review("n", "u", "y", "y", "u", "u", "n", "q")
    assert done.asked[:4] == ["main.py:8:55", "main.py:113:25", "main.py:8:55", "main.py:71:32"]
    assert done.asked[-1] == "main.py:113:25"
    assert done.code == 1
    assert (project / "main.py").read_text() == text


def test_accepted_first_and_its_need_rejected_later(project: Path, review: Any) -> None:
    text = "def tail(scope):\n    Alarm(scope, 'a', evaluation_periods='3')\n\nfrom cdktf_cdktf_provider_aws"
    text += ".cloudwatch_alarm import CloudwatchAlarm as Alarm\n"
    (project / "main.py").write_text(text)
    for answers in (("y", "n"), ("y", "q")):
        done = review(*answers)
        assert done.asked == ["main.py:2:42", "main.py:4:55"]
        assert "note: main.py:2:42: A102: taken back, for it needs a repair that is not made\n" in done.err
        assert done.code == 1
        assert (project / "main.py").read_text() == text


def test_a_shared_import_is_shown_as_it_is_alone(project: Path, review: Any) -> None:
    (project / "main.py").write_text(
        "from cdktf_cdktf_provider_aws.security_group import SecurityGroup\n"
        "SecurityGroup(self, 's', ingress=[{'from_port': 1, 'to_port': 1, 'protocol': 'tcp'}],\n"
        "    egress=[{'from_port': 1, 'to_port': 1, 'protocol': 'tcp'}])\n"
    )
    done = review("y", "n")
    first, second = done.out.split("Make this repair?")[:2]
    assert "import SecurityGroup, SecurityGroupIngress\n" in first
    assert "import SecurityGroup, SecurityGroupEgress\n" in second
    assert "SecurityGroupEgress" not in (project / "main.py").read_text()


def test_quitting_keeps_what_was_decided(project: Path, review: Any) -> None:
    done = review("y", "q")
    assert done.err == "Done: 1 accepted, 0 rejected, 1 left open.\n"
    assert (project / "main.py").read_text() == TWICE.replace("vpc=True", 'domain="vpc"', 1)


def test_decisions_are_written_gone_on_from_and_replayed(project: Path, review: Any) -> None:
    written = ("--output", "decisions.json")
    done = review("n", "q", options=written)
    assert (done.code, (project / "main.py").read_text()) == (0, TWICE)
    assert done.err.startswith("Wrote decisions.json: 0 accepted, 1 rejected, 1 left open.")
    done = review("y", options=(*written, "--decisions", "decisions.json"))
    assert done.asked == ["main.py:3:16"]
    assert [each["decision"] for each in json.loads((project / "decisions.json").read_text())["decisions"]] == [
        "reject",
        "accept",
    ]
    assert run("apply", "--quiet", "--decisions", "decisions.json") == 0
    assert (project / "main.py").read_text() == BROKEN + 'Eip(self, "f", domain="vpc")\n'
    done = review("y", options=("--decisions", "decisions.json"))
    assert done.code == 2
    assert done.err == "error: main.py: changed since decisions.json was written; nothing is changed\n"


def test_where_decisions_cannot_be_written_nobody_is_asked(project: Path, review: Any) -> None:
    (project / "decisions.json").write_text("{}")
    for file, said in (
        ("decisions.json", "there already; --decisions decisions.json goes on from it"),
        ("nowhere/decisions.json", "cannot write there"),
    ):
        done = review("y", "y", options=("--output", file))
        assert (done.code, done.out, done.err) == (2, "", f"error: {file}: {said}\n")
    assert (project / "decisions.json").read_text() == "{}"


def test_a_review_and_its_decisions_make_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, review: Any
) -> None:
    answers = "y n y y n u y n y ry n y".split()
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        for name in ("monitoring.py", "networking.py"):
            shutil.copy(CORPUS / "claims-portal" / "before" / "lib" / name, folder)
    monkeypatch.chdir(here)
    assert review(*answers).code == 1
    monkeypatch.chdir(there)
    assert review(*answers, options=("-o", "d.json")).code == 0
    assert run("apply", "--quiet", "--decisions", "d.json") == 0
    (there / "d.json").unlink()
    for path in sorted(path.relative_to(here) for path in here.rglob("*.py")):
        assert (here / path).read_bytes() == (there / path).read_bytes()


def test_a_response_is_reviewed_and_a_table_is_not(project: Path, review: Any) -> None:
    fenced = f"Here it is:\n\n`main.py`\n\n```python\n{TWICE}```\n"
    (project / "answer.md").write_text(fenced)
    (project / "rows.jsonl").write_text(json.dumps({"text": fenced}) + "\n")
    done = review("y", "n", options=("answer.md", "rows.jsonl"))
    assert done.asked == ["answer.md:7:16", "answer.md:8:16"]
    assert done.err.startswith("error: rows.jsonl:1: a row of a table is not reviewed here\n")
    assert done.code == 2
    assert (project / "answer.md").read_text() == fenced.replace("vpc=True", 'domain="vpc"', 1)


def test_nobody_answers(project: Path, review: Any) -> None:
    done = review()
    assert done.code == 2
    assert done.err == (
        "error: nobody answers: `review` asks on standard input, and that has ended; nothing is changed\n"
    )
    assert (project / "main.py").read_text() == TWICE


def test_what_is_no_key_shows_the_keys(project: Path, review: Any) -> None:
    done = review("maybe", "e", "y", "q")
    assert "  fy  make every repair in this file" in done.out
    assert "A101 eip-vpc" in done.out
    assert done.asked == ["main.py:2:16", "main.py:3:16"]


@pytest.mark.parametrize(("width", "colour"), [(80, True), (80, False), (160, True)])
def test_at_a_terminal_and_ctrl_c_leaves_everything(project: Path, width: int, colour: bool) -> None:
    pexpect = pytest.importorskip("pexpect")
    (project / "main.py").write_text(TWICE + PASSWORD)
    coloured = {"TERM": "xterm-256color"} if colour else {"TERM": "xterm-256color", "NO_COLOR": "1"}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "cdktf_fix", "review"],
        env=environment() | coloured | {"COLUMNS": ""},
        dimensions=(40, width),
        encoding="utf-8",
        timeout=60,
    )
    printed = ""
    for answer in ("y", "y"):
        child.expect_exact("q,?] ")
        printed += child.before
        child.sendline(answer)
    child.expect_exact("q,?] ")
    printed += child.before
    assert ("\x1b[" in printed) == colour
    plain = [line.rstrip("\r") for line in printed.split("\n")]
    context = [line for line in plain if " | " in line]
    assert any("…" in line for line in context) == (width == 80)
    assert "manage_master_user_password=True" in printed
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert "interrupted: nothing was written" in child.before
    assert "Traceback" not in child.before
    assert os.waitstatus_to_exitcode(child.status) == 130
    assert (project / "main.py").read_text() == TWICE + PASSWORD


def test_the_page_shows_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, review: Any) -> None:
    page = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")
    shutil.copytree(CORPUS / "claims-portal" / "before", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    done = review("q", options=("--select", "A101"))
    (shown,) = [block for block in page.split("```\n") if block.startswith("A101 ")]
    assert shown in done.out
    for key in ("ry", "fy", "rn", "fn", "u", "e", "q", "?"):
        assert f"`{key}`" in page
