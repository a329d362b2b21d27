"""``cdktf-fix rules`` and ``cdktf-fix explain``: the rules' own pages."""

from __future__ import annotations

import sys

from cdktf_codemods.engine.pages import markdown, page
from cdktf_codemods.rules import all_rules

FOUND, FAILED = 0, 2


def list_rules() -> int:
    """Print every rule: code, name, safety, catalogue rows, what is wrong."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table("code", "name", "safety", "catalogue", "what is wrong", box=box.SIMPLE_HEAD, pad_edge=False)
    for rule in all_rules():
        safety = rule.safety if rule.default else f"{rule.safety}, off"
        summary = page(rule).summary.replace("``", "`")
        table.add_row(rule.code, rule.name, safety, " ".join(rule.catalogue), summary)
    Console(highlight=False, width=None if sys.stdout.isatty() else 160, markup=False).print(table)
    return FOUND


def explain(code: str) -> int:
    """Print the page of one rule, given by its code or its name."""
    for rule in all_rules():
        if code.upper() == rule.code or code.lower() == rule.name:
            text = markdown(rule)
            if sys.stdout.isatty():
                from rich.console import Console
                from rich.markdown import Markdown

                Console().print(Markdown(text))
            else:
                print(text, end="")
            return FOUND
    print(f"error: no rule {code!r}; `cdktf-fix rules` lists them", file=sys.stderr)
    return FAILED
