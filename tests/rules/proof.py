"""What a repair of many calls is proved by: the real package refuses each before, and accepts each after."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from cdktf_codemods.oracle import Oracle

from tests.test_whole_provider import RUN


def as_cases(codes: Iterable[str]) -> str:
    """A function ``case_0(scope)``, ``case_1(scope)`` … of each piece of code."""
    return "".join(
        f"def case_{number}(scope):\n    " + "\n    ".join(code.strip().split("\n")) + "\n"
        for number, code in enumerate(codes)
    )


def assert_refused_then_accepted(code: str, fix: Callable[[str], str], oracle: Oracle, folder: Path) -> None:
    """Every case of *code* is refused, and accepted once it is fixed, with nothing dropped."""
    (folder / "main.py").write_text(code + RUN.format(accepted="False"), encoding="utf-8")
    assert oracle.synthesize(folder).error is None
    (folder / "main.py").write_text(fix(code) + RUN.format(accepted="True"), encoding="utf-8")
    after = oracle.synthesize(folder)
    assert after.error is None
    assert after.dropped == ()
