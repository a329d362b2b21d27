"""What a run has kept through its rounds is what a run over its result finds afresh."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods import Schema, Settings, repair
from cdktf_codemods.rules import all_rules

from tests.mutants import faults_of_staleness
from tests.soundness import faults_of_grafting, faults_of_rounds

PROJECTS = sorted((Path(__file__).parents[2] / "corpus").glob("*/before"))
EVERY = frozenset(rule.code for rule in all_rules())


@pytest.mark.slow
@pytest.mark.parametrize("folder", PROJECTS, ids=lambda folder: folder.parent.name)
def test_answers_kept_are_those_asked_anew(folder: Path, schema: Schema) -> None:
    files = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.py")}
    settings = Settings(unsafe=True, select=EVERY)
    with faults_of_grafting() as grafting, faults_of_rounds() as rounds:
        result = repair(files, schema, settings)
    assert grafting == []
    assert rounds == []
    again = repair({**files, **{file.path: file.after for file in result.files}}, schema, settings)
    assert again.files == []
    assert list(faults_of_staleness(result, again)) == []
