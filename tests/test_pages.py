"""The rules' pages: every example is repaired as it says, and what docs/ holds is what the docstrings say."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from cdktf_codemods import Schema, Settings, repair
from cdktf_codemods.engine.pages import page
from cdktf_codemods.knowledge.evidence import Evidence
from cdktf_codemods.oracle import Answer, Complaint, Failure, Place, evidence_of
from cdktf_codemods.rules import all_rules

ROOT = Path(__file__).parents[1]
RULES = {rule.code: rule for rule in all_rules()}


def shown(error: str) -> tuple[Evidence, ...]:
    """What the error on a page is evidence of: its place and text, and in lines below it what the run knows besides."""
    line, *more = error.splitlines()
    facts = dict(each.split(": ", 1) for each in more)
    path, number, rest = line.split(":", 2)
    column, _, text = rest.partition(": ") if rest[0].isdigit() else ("0", "", rest.strip())
    place = Place(path, int(number))
    if text.startswith("terraform: "):
        constructs = {"stack": place}
        complaint = Complaint("stack", text.removeprefix("terraform: "), None, place)
        found = evidence_of(Answer(constructs=constructs, complaints=(complaint,)))
    elif text.startswith("stack `"):
        found = (Evidence("provider", text, path, place.line, 0, "shop", "aws"),)
    else:
        kind, _, message = text.partition(": ")
        known = tuple(facts.get("known", "").split(", "))
        failure = Failure("code", kind, message, place, int(column), owner=facts.get("owner", ""), known=known)
        first = facts.get("first", "").partition(":")
        constructs = {"shop/queue": Place(first[0], int(first[2]))} if first[2] else {}
        found = evidence_of(Answer(failure, constructs=constructs))
    assert len(found) == 1
    return found


@pytest.mark.parametrize("code", RULES)
def test_the_example_is_repaired_as_it_says(code: str, schema: Schema) -> None:
    read = page(RULES[code])
    files = {path: text for path, text in read.before.items() if path.endswith(".py")}
    resources = {path: text.encode() for path, text in read.before.items() if path not in files}
    # What a comment silences is known only where the other rules run.
    settings = Settings(select=frozenset({code} if code != "X101" else ()), unsafe=True)
    for text in [*files.values(), *(read.after or {}).values()]:
        ast.parse(text)
    evidence = [shown(read.error)] if read.error else []
    assert bool(evidence) == RULES[code].guided
    result = repair(files, schema, settings, resources=resources, evidence=evidence)
    assert {finding.code for finding in result.findings} == {code}
    if read.after is None:
        assert result.files == []
        assert result.created or all(not finding.fixed for finding in result.findings)
    else:
        assert {**files, **{file.path: file.after for file in result.files}} == read.after
        assert repair(read.after, schema, settings, resources=resources).files == []


def test_docs_are_generated() -> None:
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="module")
def capabilities() -> ModuleType:
    """The module that makes the page of capabilities, which is no part of what is installed."""
    spec = importlib.util.spec_from_file_location("capabilities", ROOT / "docs" / "capabilities.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_example_is_that_of_the_test(capabilities: ModuleType) -> None:
    before, after = capabilities.example("rules/test_eip_vpc", "TRANSFORMED", "literal")
    assert (before, after) == ("Eip(self, 'e', vpc=True)", "Eip(self, 'e', domain='vpc')")
    row = {"line": "An address", "rules": ["A101"], "test": "rules/test_eip_vpc", "table": "TRANSFORMED"}
    assert list(capabilities.capability({**row, "row": "literal"})) == [
        "**An address** ([A101](rules/A101.md), [test](../tests/rules/test_eip_vpc.py))",
        "",
        "```diff",
        '- Eip(self, "e", vpc=True)',
        '+ Eip(self, "e", domain="vpc")',
        "```",
    ]


@pytest.mark.parametrize(
    ("test", "table", "row"),
    [
        ("rules/test_eip_vpc", "TRANSFORMED", "no such row"),
        ("rules/test_eip_vpc", "NO_TABLE", "literal"),
        ("rules/test_no_such", "TRANSFORMED", "literal"),
        ("rules/test_functions", "HEAD", "literal"),
    ],
)
def test_an_example_that_no_test_runs_is_refused(capabilities: ModuleType, test: str, table: str, row: str) -> None:
    with pytest.raises(capabilities.NoExampleError, match=row):
        capabilities.example(test, table, row)


def test_every_rule_is_on_the_page(capabilities: ModuleType) -> None:
    text = capabilities.what_it_repairs()
    assert [code for code in RULES if f"](rules/{code}.md)" not in text] == []
