"""The rules' pages: every example is repaired as it says, and what docs/ holds is what the docstrings say."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

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
