"""A line a finding, as compilers print them."""

from __future__ import annotations

from ..output import plain
from .result import Checked, Result


def text(checked: Checked) -> str:
    return "".join(f"{plain(line(each))}\n" for each in checked.results)


def line(result: Result) -> str:
    """Place, code, whether ``apply`` repairs it, and what is wrong."""
    mark = "[*] " if result.fixable else "[unsafe] " if result.safety == "unsafe" else ""
    return f"{result.path}:{result.line}:{result.column}: {result.code} {mark}{result.message}"
