"""Right projects, as different people write them: by default the tool says nothing of them, and changes nothing."""

from __future__ import annotations

import ast
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cdktf_codemods import Schema
from cdktf_codemods.oracle import Oracle
from cdktf_codemods.schema.store import snapshots
from cdktf_codemods.schema.versions import Declaration, asked, choose
from cdktf_fix.main import run

from .test_corpus import CASES, contents

RIGHT = Path(__file__).parent / "right"
TABLE: dict[str, dict[str, Any]] = tomllib.loads((RIGHT / "table.toml").read_text(encoding="utf-8"))
EVERYTHING = "A,B,K,L,N,S,T,V"
SAID = ("", "Nothing to repair.\n")


def versions(name: str) -> list[str]:
    """What ``--provider`` is given for a project; the test is skipped where no snapshot of that major is here."""
    chosen = []
    for text in TABLE[name].get("for", ()):
        wanted = asked(text)
        major = wanted.constraint.removeprefix("==").partition(".")[0]
        here = [each for each in snapshots() if each.package == wanted.package]
        found = [each.version for each in here if each.version.partition(".")[0] == major]
        exact = wanted.constraint.removeprefix("==")
        if not found:
            pytest.skip(f"no snapshot of {text} is here: cdktf-fix schema add")
        chosen.append(f"{text.partition('@')[0]}@{exact if exact in found else found[0]}")
    return chosen


def schema_for(name: str) -> Schema:
    declarations: list[Declaration] = [asked(text) for text in versions(name)]
    return Schema(choose(declarations)[0])


def installed(name: str) -> bool:
    return "for" not in TABLE[name]


def test_each_is_in_the_table() -> None:
    assert sorted(TABLE) == sorted(path.name for path in RIGHT.iterdir() if path.is_dir())
    assert len(TABLE) >= 24


@pytest.mark.parametrize("name", TABLE)
def test_nothing_is_said_and_nothing_changed(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / name
    shutil.copytree(RIGHT / name, project)
    given = [part for version in versions(name) for part in ("--provider", version)]
    before = contents(project)
    code = run(["apply", *given, str(project)])
    out, err = capfd.readouterr()
    assert (out, err) in [("", said) for said in SAID]
    assert code == 0
    assert contents(project) == before


@pytest.mark.parametrize("name", TABLE)
def test_it_is_right_for_its_version(name: str) -> None:
    """Every class and argument that is plainly written is in the package; the real cdktf says it of the others."""
    schema = schema_for(name)
    wrong = [
        f"{path.relative_to(RIGHT)}:{line}: {what}"
        for path in sorted((RIGHT / name).rglob("*.py"))
        for line, what in _unknown(ast.parse(path.read_bytes()), schema)
    ]
    assert wrong == []


def _unknown(tree: ast.Module, schema: Schema) -> Iterator[tuple[int, str]]:
    """What is imported and is not in the package, and arguments that a class does not take or misses."""
    names: dict[str, str] = {}
    tried = {id(each) for node in ast.walk(tree) if isinstance(node, ast.Try) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported = [(each.asname or each.name.partition(".")[0], each.asname and each.name) for each in node.names]
            names.update((name, module or name) for name, module in imported)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                names[alias.asname or alias.name] = full
                there = schema.find(full) is not None or schema.module(full) is not None
                if schema.covers(node.module) and not there and id(node) not in tried:
                    yield node.lineno, f"{full} is not there"
    for node in ast.walk(tree):
        described = schema.find(_dotted(node.func, names)) if isinstance(node, ast.Call) else None
        if not isinstance(node, ast.Call) or described is None or described.kind in ("class", "interface", "enum"):
            continue
        given = {each.arg for each in node.keywords}
        for argument in given - {None} - set(described.signature.parameters):
            yield node.lineno, f"{described.short_name} takes no {argument}"
        if None not in given:
            for argument in set(described.required) - given:
                yield node.lineno, f"{described.short_name} needs {argument}"


def _dotted(node: ast.expr, names: dict[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, names)}.{node.attr}"
    return names.get(node.id, "") if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize("name", [name for name in TABLE if installed(name)])
class TestSynthesised:
    def test_nothing_is_lost(self, name: str, oracle: Oracle) -> None:
        answer = oracle.synthesize(RIGHT / name)
        assert (answer.error, answer.dropped) == (None, ())
        assert not answer.driven
        assert answer.stacks

    def test_everything_leaves_the_terraform_the_same(
        self, name: str, oracle: Oracle, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """All rules and unsafe repairs, but those whose change of the Terraform the table explains."""
        explained = frozenset(TABLE[name].get("explained", ()))
        before = oracle.synthesize(RIGHT / name)
        for ignored in {explained, frozenset()}:
            project = tmp_path / f"without-{len(ignored)}"
            shutil.copytree(RIGHT / name, project)
            left_out = ("--ignore", ",".join(ignored)) if ignored else ()
            everything = ("apply", "--select", EVERYTHING, "--unsafe-fixes", *left_out, str(project))
            assert run([*everything]) in (0, 1)
            said = capfd.readouterr().err
            after = oracle.synthesize(project)
            assert (after.error, after.dropped) == (None, ())
            if ignored == explained:
                assert after.stacks == before.stacks
            else:
                assert {code for code in explained if f": {code} [*] " in said} == explained
            repaired = contents(project)
            run([*everything])
            assert contents(project) == repaired, "a second run changes more"
            capfd.readouterr()


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_what_is_repaired_needs_nothing_more(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / folder.name
    shutil.copytree(folder / "after", project)
    before = contents(project)
    for _ in range(2):
        code = run(["apply", str(project)])
        out, err = capfd.readouterr()
        assert (out, err) in [("", said) for said in SAID]
        assert code == 0
    assert contents(project) == before


def test_all_that_is_repaired_at_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folders = [tmp_path / folder.name / "after" for folder in CASES]
    for folder, copy in zip(CASES, folders):
        shutil.copytree(folder / "after", copy)
    before = contents(tmp_path)
    for _ in range(2):
        assert run(["apply", *map(str, folders)]) == 0
        out, err = capfd.readouterr()
        assert (out, err) in [("", said) for said in SAID]
    assert contents(tmp_path) == before
