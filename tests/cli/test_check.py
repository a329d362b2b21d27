"""``cdktf-fix check``: what each format says, and that its edits give the bytes that ``apply`` writes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from .test_apply import BROKEN, FIXED, cdktf_fix

CORPUS = Path(__file__).parents[2] / "corpus"
SECRET = 'import os\n\npassword = os.environ.get("DB_PASSWORD", "ChangeMe123!")\n'
BEYOND_ASCII = BROKEN.replace("vpc=", "tags={'ü': '😀'}, vpc=")


def spliced(text: str, edits: set[tuple[tuple[int, int], tuple[int, int], str]]) -> str:
    """*text* with edits told by line and column, from 1, made from the last to the first."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for (line, column), (end_line, end_column), new in sorted(edits, reverse=True):
        text = text[: starts[line - 1] + column - 1] + new + text[starts[end_line - 1] + end_column - 1 :]
    return text


def sarif_edits(report: bytes) -> dict[str, set[tuple[tuple[int, int], tuple[int, int], str]]]:
    found: dict[str, set[tuple[tuple[int, int], tuple[int, int], str]]] = {}
    for result in json.loads(report)["runs"][0]["results"]:
        for change in (change for fix in result.get("fixes", ()) for change in fix["artifactChanges"]):
            for each in change["replacements"]:
                region = each["deletedRegion"]
                start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
                uri = change["artifactLocation"]["uri"]
                found.setdefault(uri, set()).add((start, end, each["insertedContent"]["text"]))
    return found


@pytest.mark.parametrize("case", ["booking-platform"])
def test_the_edits_of_sarif_and_rdjson_are_those_of_apply(case: str, tmp_path: Path) -> None:
    shutil.copytree(CORPUS / case / "before", tmp_path, dirs_exist_ok=True)
    (tmp_path / "beyond_ascii.py").write_text(BEYOND_ASCII, encoding="utf-8")
    before = {path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in tmp_path.rglob("*.py")}
    sarif = sarif_edits(cdktf_fix("check", "--output-format", "sarif", cwd=tmp_path).stdout)
    rdjson = json.loads(cdktf_fix("check", "--output-format", "rdjson", cwd=tmp_path).stdout)
    lines = json.loads(cdktf_fix("check", "--output-format", "json", cwd=tmp_path).stdout)
    assert {path: path.read_text("utf-8") for path in tmp_path.rglob("*.py")} == {
        tmp_path / path: text for path, text in before.items()
    }
    cdktf_fix("apply", "--quiet", cwd=tmp_path)
    after = {path: (tmp_path / path).read_bytes() for path in before}
    assert sarif
    assert {path: spliced(text, sarif.get(path, set())).encode() for path, text in before.items()} == after
    by_offset = {(e["path"], e["start"], e["end"], e["text"]) for each in lines for e in each["edits"]}
    for path, text in before.items():
        code = text
        for _, start, end, new in sorted((each for each in by_offset if each[0] == path), reverse=True):
            code = code[:start] + new + code[end:]
        assert code.encode() == after[path]
    told = {path: set() for path in before}
    for each in rdjson["diagnostics"]:
        for suggestion in each.get("suggestions", ()):
            start, end = suggestion["range"]["start"], suggestion["range"]["end"]
            span = (start["line"], start["column"]), (end["line"], end["column"]), suggestion["text"]
            told[each["location"]["path"]].add(span)
    # Columns are in bytes; latin-1 gives each byte a character of its own.
    for path, text in before.items():
        edits = {(start, end, new.encode().decode("latin-1")) for start, end, new in told[path]}
        assert spliced(text.encode().decode("latin-1"), edits).encode("latin-1") == after[path]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    (root / "main.py").write_text(BROKEN)
    (root / "secret, 100%.py").write_text(SECRET)
    return root


def test_sarif_says_what_code_scanning_asks_for(project: Path, tmp_path: Path) -> None:
    done = cdktf_fix("check", "--extend-select", "S102", "--output-format", "sarif", cwd=project)
    (run,) = json.loads(done.stdout)["runs"]
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["fullDescription"]["text"]
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}")
    for result in run["results"]:
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] in ("main.py", "secret%2C%20100%25.py")
        assert result["partialFingerprints"]["cdktfFix/v1"]
    multitool = os.environ.get("SARIF_MULTITOOL")
    if not multitool:
        pytest.skip("SARIF_MULTITOOL names no Sarif.Multitool (npm install @microsoft/sarif-multitool)")
    (tmp_path / "report.sarif").write_bytes(done.stdout)
    command = [multitool, "validate", "report.sarif", "--rule-kind", "Sarif;Ghas", "--output", "validated.sarif"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    validated = json.loads((tmp_path / "validated.sarif").read_text("utf-8-sig"))
    assert validated["runs"][0].get("results", []) == []


def test_annotations_are_escaped_and_what_leaks_comes_first(project: Path) -> None:
    done = cdktf_fix("check", "--extend-select", "S102", "--output-format", "github", cwd=project)
    first, second = done.stdout.decode().splitlines()
    assert first.startswith("::error title=cdktf-fix (S102),file=secret%2C 100%25.py,line=3,")
    assert second.startswith("::error title=cdktf-fix (A101),file=main.py,")


def test_other_formats(project: Path) -> None:
    def said(name: str) -> str:
        done = cdktf_fix("check", "--output-format", name, cwd=project)
        assert done.returncode == 1
        return done.stdout.decode()

    assert said("concise").startswith("main.py:")
    assert "A101 [*] " in said("concise")
    assert list(map(json.loads, said("json-lines").splitlines())) == json.loads(said("json"))
    issue = {
        "type": "array",
        "items": {
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {"required": ["path", "positions"]},
            },
        },
    }
    jsonschema.validate(json.loads(said("gitlab")), issue)
    suites = ElementTree.fromstring(said("junit"))
    assert [suite.get("failures") for suite in suites.iter("testsuite")] == ["1", "1"]


def test_full_shows_the_place_and_the_repair(project: Path) -> None:
    shown = cdktf_fix("check", cwd=project).stdout.decode()
    assert "--> main.py:" in shown
    assert "^^^" in shown
    removed, added = (next(line for line in shown.splitlines() if line.strip().startswith(f"{sign} ")) for sign in "-+")
    assert "vpc=True" in removed
    assert "domain=" in added
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False), ({"FORCE_COLOR": ""}, False)],
)
def test_colour_is_as_asked_for(variables: dict[str, str], coloured: bool, project: Path) -> None:
    command = [sys.executable, "-m", "cdktf_fix", "check"]
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    done = subprocess.run(command, cwd=project, env=environment | variables, capture_output=True)
    assert (b"\x1b[" in done.stdout) == coloured


@pytest.mark.parametrize("name", ["full", "gitlab", "sarif", "junit"])
def test_a_right_project_has_no_findings(name: str, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(FIXED)
    done = cdktf_fix("check", "--output-format", name, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    if name == "full":
        assert done.stdout == b""
    elif name == "junit":
        assert ElementTree.fromstring(done.stdout).get("name") == "cdktf-fix"
    else:
        json.loads(done.stdout)


def test_statistics(project: Path) -> None:
    done = cdktf_fix("check", "--extend-select", "S102", "--statistics", cwd=project)
    assert done.stdout.decode() == "1  A101  [*] eip-vpc\n1  S102  [ ] secret-default\n"


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (["check", "--fix"], "`cdktf-fix apply` does that"),
        (["check", "--diff"], "`cdktf-fix apply --diff` does that"),
        (["lint"], "near: check"),
        (["fix"], "near: apply"),
        (["check", "--statistics", "--output-format", "json"], "not with --output-format"),
        (["check", "--select", "Z9"], "no rule is called `Z9`"),
        (["check", "none.py"], "none.py: cannot read"),
    ],
)
def test_what_is_wrong_with_a_command_is_said_in_a_line(options: list[str], hint: str, project: Path) -> None:
    done = cdktf_fix(*options, cwd=project)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert hint in line


def test_apply_has_the_words_of_black_and_ruff(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(BROKEN)
    dry = cdktf_fix("apply", "--dry-run", cwd=tmp_path)
    diff = cdktf_fix("apply", "--diff", cwd=tmp_path)
    assert (diff.returncode, diff.stdout, diff.stderr) == (1, dry.stdout, dry.stderr)
    check = cdktf_fix("apply", "--check", cwd=tmp_path)
    assert (check.returncode, check.stdout) == (1, b"")
    assert cdktf_fix("apply", "--check", "--diff", cwd=tmp_path).stdout == dry.stdout
    assert (tmp_path / "main.py").read_text() == BROKEN
    (tmp_path / "main.py").write_text(FIXED)
    assert cdktf_fix("apply", "--check", cwd=tmp_path).returncode == 0
