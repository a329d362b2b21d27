"""Makes docs/what-it-repairs.md: one line and one example a capability, taken out of the tables that the tests run.

``what-it-repairs.toml`` says which. An example is a row of a table of a test module, or the example of a rule's page,
which is run as a test too; where it is gone, or no test is parametrised by the table, nothing is written.
"""

from __future__ import annotations

import difflib
import importlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import black
from cdktf_codemods.engine.pages import page
from cdktf_codemods.rules import all_rules
from cdktf_codemods.rules.rule import Rule

ROOT = Path(__file__).parents[1]
MODE = black.Mode(line_length=100)


class NoExampleError(ValueError):
    """A capability names an example that no test runs."""


def what_it_repairs() -> str:
    """The page.

    :raises NoExampleError: an example that is asked for is not run by a test.
    """
    groups = tomllib.loads((ROOT / "docs" / "what-it-repairs.toml").read_text(encoding="utf-8"))["group"]
    lines = ["# What it repairs", "", _ABOUT]
    named: set[str] = set()
    for group in groups:
        lines += ["", f"## {group['title']}"]
        for row in group["row"]:
            lines += ["", *capability(row)]
            named.update(row["rules"])
    others = [rule for rule in all_rules() if rule.code not in named]
    if others:
        lines += ["", "## And", ""]
        for rule in others:
            lines.append(f"- {page(rule).summary.replace('``', '`')} ([{rule.code}](rules/{rule.code}.md))")
    return "\n".join(lines) + "\n"


_ABOUT = """\
One line and one example for each thing that it can do; imports and what stands around are left out. Every example is a
row of a test, so it is repaired as shown here. What is *shown* is said and not changed. How sure a repair is, and why,
is on the page of its rule ([all of them](rules/README.md))."""


def capability(row: Mapping[str, Any]) -> Iterator[str]:
    """The line and the example of one thing."""
    rules = [_rule(code) for code in row["rules"]]
    links = [f"[{rule.code}](rules/{rule.code}.md){_how(rule)}" for rule in rules]
    if "test" in row:
        before, after = example(row["test"], row["table"], row["row"], shown=bool(row.get("shown")))
        links.append(f"[test](../tests/{row['test']}.py)")
        lay_out = _as_written if row.get("plain") else _laid_out
    else:
        before, after = _of_page(rules[0])
        lay_out = _as_written
    yield f"**{row['line']}** ({', '.join(links)})"
    yield ""
    if after is None or row.get("shown"):
        yield from ("```python", *lay_out(before), "```")
        if after is not None:
            yield from ("", f"Shown: “… {after} …”")
    elif isinstance(after, dict):
        yield from ("```python", *lay_out(before), "```", "", f"Then Terraform is given `{json.dumps(after)}`.")
    else:
        yield "```diff"
        yield from (
            line.rstrip() for line in difflib.ndiff(lay_out(before), lay_out(after)) if not line.startswith("?")
        )
        yield "```"


def _how(rule: type[Rule]) -> str:
    """What a reader has to know before the page."""
    if rule.guided:
        return ", with `--guided`"
    off = ", when selected" if not rule.default else ""
    return off if rule.safety == "safe" else f", {rule.safety}{off}"


def _rule(code: str) -> type[Rule]:
    rule = next((each for each in all_rules() if each.code == code), None)
    if rule is None:
        raise NoExampleError(f"{code}: there is no such rule")
    return rule


def example(test: str, table: str, row: str | list[str], shown: bool = False) -> tuple[str, Any]:
    """What a row of a table has before, and after: code, what is said of it, or the Terraform that comes out.

    A row that is one text is what its name becomes, or what is *shown*.

    :raises NoExampleError: there is no such row, or no test that is parametrised by the table.
    """
    path = ROOT / "tests" / f"{test}.py"
    asked = f"{test}: {table}: {row}"
    if not path.is_file() or not _is_run(path.read_text(encoding="utf-8"), table):
        raise NoExampleError(f"{asked}: no test runs it")
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    found = getattr(importlib.import_module(f"tests.{test.replace('/', '.')}"), table)
    keys = row if isinstance(row, list) else [row]
    for key in keys:
        if key not in found:
            raise NoExampleError(f"{asked}: there is no such row")
        found = found[key]
    if isinstance(found, str):
        return (found, None) if shown else (keys[-1], found)
    return found[0], found[1]


def _is_run(text: str, table: str) -> bool:
    """Whether a test is parametrised by a table, directly or by one that is made of it."""
    tables = [table, *re.findall(rf"(?m)^(\w+) = .*\b{table}\b", text)]
    return any(re.search(rf"parametrize\([^\n]*\b{each}\b", text) for each in tables)


def _of_page(rule: type[Rule]) -> tuple[str, str | None]:
    """The first file of a page's example that changes."""
    read = page(rule)
    after = read.after or {}
    path = next((each for each in read.before if after.get(each) not in (None, read.before[each])), None)
    return (read.before[path], after[path]) if path is not None else (next(reversed(read.before.values())), None)


def _as_written(code: str) -> list[str]:
    return [line for line in code.splitlines() if line]


def _laid_out(code: str) -> list[str]:
    code = re.sub(r"(?m)^((?:from|import) )AWS\b", r"\1cdktf_cdktf_provider_aws", dedent(code).strip() + "\n")
    try:
        code = black.format_str(code, mode=MODE)
    except black.InvalidInput:
        pass
    return _as_written(code)
