"""Mutants of the corpus, and what must hold of the repair of each.

``python -m tests.mutants --count 20000 --seed 1 --jobs 2`` tries so many and prints what does not hold, with the number
of the mutant; ``--only NUMBER`` prints that one mutant, made as small as it still fails.
"""

from __future__ import annotations

import argparse
import ast
import random
import re
import sys
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from io import StringIO
from multiprocessing import Pool
from pathlib import Path

from cdktf_codemods import Finding, Repair, Schema, Settings, repair
from cdktf_codemods.documents.patch import regions, unified_diff
from cdktf_codemods.engine.complaints import COMPLAINTS
from cdktf_codemods.engine.pragmas import checks, without
from cdktf_codemods.rules import all_rules
from cdktf_codemods.schema.versions import choose
from cdktf_codemods.syntax.splices import spliced

from tests.mutations import mutated
from tests.soundness import faults_of_grafting, faults_of_rounds, patched, spans_of_statements

CORPUS = Path(__file__).parents[1] / "corpus"
Files = dict[str, str]
CHECKS = frozenset().union(("E501", "line-too-long"), *(each.checks for each in COMPLAINTS))
"""What a comment that lets it pass loses where a repair makes that pointless."""
OWN = ("# removed by cdktf-fix: ", "# pylint: disable=")
"""How comments begin that a repair may write."""


@dataclass(frozen=True)
class Mutant:
    """A project, changed at random, and what it is repaired with."""

    files: Files
    settings: Settings


@cache
def _projects() -> list[Files]:
    """The corpus, before and after, as texts by path."""
    found = []
    for folder in sorted([*CORPUS.glob("*/before"), *CORPUS.glob("*/after")]):
        paths = sorted(folder.rglob("*.py"))
        found.append({each.relative_to(folder).as_posix(): each.read_text(encoding="utf-8") for each in paths})
    return [each for each in found if each]


@cache
def _single_files() -> list[str]:
    return sorted(
        {text for files in _projects() for text in files.values() if text.strip()}, key=lambda text: (len(text), text)
    )


def mutant(number: int, largest: int = 1_000_000) -> Mutant:
    """The mutant of a number: one file, or in one of six cases a whole project, of at most so many characters."""
    chance = random.Random(number)
    every = frozenset(rule.code for rule in all_rules())
    settings = Settings(unsafe=chance.random() < 0.6, select=every if chance.random() < 0.3 else frozenset())
    if chance.random() < 1 / 6:
        small = [files for files in _projects() if sum(map(len, files.values())) <= 3 * largest]
        files = dict(chance.choice(small))
        paths = chance.sample(sorted(files), min(len(files), chance.randint(1, 3)))
    else:
        files = {"main.py": chance.choice([text for text in _single_files() if len(text) <= largest])}
        paths = ["main.py"]
    for path in paths:
        files[path] = mutated(files[path], chance)
    return Mutant(files, settings)


def parses(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def comments(text: str) -> list[str]:
    lines = StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))
    tokens = tokenize.generate_tokens(lines.readline)
    # Black joins two that come to stand on one line.
    found = [token.string.strip() for token in tokens if token.type == tokenize.COMMENT]
    return [comment for each in found for comment in re.split(r"  (?=# note)", each)]


def faults(each: Mutant, schema: Schema) -> list[str]:
    """What does not hold of the repair of a project that parses; each starts with its kind and a colon."""
    with faults_of_grafting() as grafting, faults_of_rounds() as rounds:
        result = repair(each.files, schema, each.settings)
    found = [*grafting, *rounds, *(f"failure: {failure.code} {failure.reason}" for failure in result.failures)]
    after = {**each.files, **{file.path: file.after for file in result.files}}
    found += [f"syntax: {path} does not parse any more" for path, text in after.items() if not parses(text)]
    if any(fault.startswith("syntax") for fault in found):
        return found
    found += _faults_of_comments(each.files, after, result)
    found += _faults_of_saying(result)
    again = repair(after, schema, each.settings)
    found += [f"unrest: a second run changes {file.path}" for file in again.files]
    found += [
        f"unrest: a second run says it has fixed {each.code} {each.message}" for each in again.findings if each.fixed
    ]
    if not again.files and not result.failures:
        found += faults_of_staleness(result, again)
    return found


def _faults_of_comments(before: Files, after: Files, result: Repair) -> Iterator[str]:
    for path, text in before.items():
        gained = Counter(_let_pass(after[path])) - Counter(_let_pass(text))
        if gained:
            yield f"comments: {path}: lets pass {sorted(gained)[:3]}"
        old, new = (
            [rest for each in comments(code) if (rest := without(each, CHECKS))] for code in (text, after[path])
        )
        gained = [comment for comment in (Counter(new) - Counter(old)).elements() if not comment.startswith(OWN)]
        # An argument that becomes a comment takes those in it along.
        taken = " ".join(gone for gone in new if gone.startswith(OWN))
        lost = [comment for comment in (Counter(old) - Counter(new)).elements() if comment not in taken]
        gone = _comments_of_removed(text, [each.line for each in result.findings if _is_removal(each, path)])
        gone += "".join(f"\n{without(line[line.index('#') :], CHECKS)}" for line in gone.split("\n") if "#" in line)
        lost = [comment for comment in lost if comment not in gone]
        if lost or gained:
            yield f"comments: {path}: lost {lost[:3]}, gained {gained[:3]}"
        # One that new code has no place for stands above its statement, before those that were in front of it.
        alone = {line.strip() for line in after[path].splitlines()}
        for kind, low, high, _, _ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind in ("delete", "replace") and not alone.issuperset(old[low:high]) and not (lost or taken or gone):
                yield f"comments: {path}: in another order"


def _let_pass(text: str) -> list[str]:
    """The checks of other tools that comments let pass, of those that a repair may leave nothing to let pass for."""
    return [name for comment in comments(text) for name in checks(comment) if name in CHECKS]


def _is_removal(finding: Finding, path: str) -> bool:
    """Whether a finding says that a statement goes, with the comment above it."""
    return finding.code == "B101" and finding.fixed and finding.path == path


def _comments_of_removed(text: str, numbers: list[int]) -> str:
    """The text of the statements that begin on some lines, and of the comments directly above each."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    gone = []
    for first, last in spans_of_statements("\n".join(lines)) if numbers else ():
        if any(first <= number <= last for number in numbers):
            while first > 1 and lines[first - 2].strip().startswith("#"):
                first -= 1
            gone += lines[first - 1 : last]
    return "\n".join(gone)


def _faults_of_saying(result: Repair) -> Iterator[str]:
    """What is said to be fixed is, and what is changed is said."""
    fixed = {
        path for each in result.findings if each.fixed for path in (each.path, *(other.path for other in each.also))
    }
    if not result.files and not result.created and fixed:
        yield f"said: fixed in {sorted(fixed)}, but nothing changed"
    if result.files and not fixed:
        yield f"said: {[file.path for file in result.files]} changed, but nothing is said to be fixed"
    for file in result.files:
        if file.before == file.after:
            yield f"said: {file.path} is listed but not changed"
        if spliced(file.before, file.edits) != file.after:
            yield f"said: the edits of {file.path} do not make it what it became"
        ours = regions(file.before, file.edits)
        if patched(file.before, unified_diff(file.path, file.before, file.after, ours)) != file.after:
            yield f"said: the diff of {file.path} does not make it what it became"
        lines = file.before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        for each in result.findings:
            if each.path == file.path and not 1 <= each.line <= lines:
                yield f"said: {each.code} on line {each.line} of {lines}"


def faults_of_staleness(result: Repair, again: Repair) -> Iterator[str]:
    """What is left after a run must be what a run over its result finds."""
    left = {
        (each.code, each.path, each.place.line_after, each.place.column_after, each.message_after)
        for each in result.findings
        if not each.fixed
    }
    fresh = {(each.code, each.path, each.line, each.column, each.message) for each in again.findings}
    yield from (f"stale: said, but not by a second run: {each}" for each in sorted(left - fresh)[:2])
    yield from (f"stale: said by a second run only: {each}" for each in sorted(fresh - left)[:2])


def smaller(each: Mutant, schema: Schema, kind: str) -> Mutant:
    """The mutant with files and lines left out as long as a fault of that kind stays."""

    def fails(files: Files) -> bool:
        if not all(map(parses, files.values())):
            return False
        try:
            return any(fault.startswith(kind) for fault in faults(replace(each, files=files), schema))
        except Exception as error:
            return kind == "raised" or kind in repr(error)

    files = dict(each.files)
    for path in list(files):
        rest = {other: text for other, text in files.items() if other != path}
        if rest and fails(rest):
            files = rest
    for path in files:
        size = max(len(files[path].split("\n")) // 2, 1)
        while size:
            at = 0
            while at < len(lines := files[path].split("\n")):
                shorter = "\n".join([*lines[:at], *lines[at + size :]])
                if shorter != files[path] and fails({**files, path: shorter}):
                    files = {**files, path: shorter}
                else:
                    at += size
            size //= 2
    return replace(each, files=files)


@cache
def _schema() -> Schema:
    return Schema(choose([])[0])


def tried(number: int) -> tuple[int, list[str] | None]:
    """What does not hold of the mutant of a number; None if it does not parse."""
    try:
        each = mutant(number)
        if not all(map(parses, each.files.values())):
            return number, None
        return number, faults(each, _schema())
    except Exception as error:
        return number, [f"raised: {type(error).__name__}: {error}"[:300]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", type=int)
    given = parser.parse_args()
    if given.only is not None:
        _print_smaller(given.only)
        return
    first = given.seed * 10_000_000
    good = bad = 0
    with Pool(given.jobs) as pool:
        for number, found in pool.imap_unordered(tried, range(first, first + 3 * given.count), chunksize=20):
            good += found == []
            bad += bool(found)
            if found:
                print(number, *found, sep="\n    ", flush=True)
            if good + bad >= given.count:
                pool.terminate()
                break
    print(f"{good + bad} mutants, {bad} with faults")
    sys.exit(bool(bad))


def _print_smaller(number: int) -> None:
    _, found = tried(number)
    if not found:
        print("nothing is wrong with it")
        return
    each = smaller(mutant(number), _schema(), found[0].partition(":")[0])
    result = repair(each.files, _schema(), each.settings)
    print(each.settings)
    for path, text in each.files.items():
        print(f"# {path}\n{text}\n")
    for file in result.files:
        print(f"# {file.path}, repaired\n{file.after}\n")
    print(*faults(each, _schema()), *result.findings, sep="\n")


if __name__ == "__main__":
    main()
