"""What IPython reads in a cell and Python does not: lines that begin with ``%``, ``!`` or ``?``, and cells with ``%%``.

IPython's own transformer tells which lines these are. It is asked only of a cell that is no Python.
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import Any, NamedTuple

from .output import CarrierError, lines

_CELL = re.compile(r"\s*%%(\w+)[^\S\n]*([^\n]*)\n?")
_IN_PYTHON = frozenset(("capture", "prun", "time", "timeit"))
"""Cell magics whose cell is Python of the notebook's own; black's list, but for other interpreters."""
_FILES = ("writefile", "file")
_ANY = re.compile(r"[%!?]")


class Cell(NamedTuple):
    """A cell as Python: ``lines`` has, for each line of ``code``, the line of the cell that it is, from 1.

    ``magics`` are the texts that placeholders stand for; ``file`` is the file that the cell writes, instead of running.
    """

    code: str
    lines: tuple[int, ...]
    magics: tuple[str, ...] = ()
    file: str | None = None


def python_of(source: str, mark: str) -> Cell | None:
    """A code cell as Python; None where it is of another language.

    :param mark: a comment that is nowhere in the notebook; with a number behind it, it tells placeholders.
    :raises CarrierError: IPython is needed and not installed.
    """
    raw = lines(source)
    found = _CELL.match(source)
    if found is None:
        return _masked(raw, mark) if _ANY.search(source) and not _is_python(source) else _whole(raw)
    first = source[: found.end()].count("\n") + (not found[0].endswith("\n"))
    body = raw[first:]
    if found[1] in _FILES and found[2].strip() and not found[2].startswith("-"):
        numbers = tuple(range(first + 1, len(raw) + 1))
        return Cell("".join(body), numbers, ("".join(raw[:first]),), found[2].strip().strip("\"'"))
    if found[1] not in _IN_PYTHON:
        return None
    inner = _masked(body, mark, 1) if not _is_python("".join(body)) else _whole(body)
    head = "".join(raw[:first])
    ending = "\n" if head.endswith("\n") else ""
    return Cell(
        f"pass  {mark} 0{ending}{inner.code}",
        (first, *(first + each for each in inner.lines)),
        (head.removesuffix("\n"), *inner.magics),
    )


def restored(code: str, cell: Cell, mark: str) -> str:
    """A repaired cell with its magics in the place of what stands for them.

    :raises CarrierError: they are not all there, or in another order.
    """
    if cell.file is not None:
        return cell.magics[0] + code
    numbers = []

    def magic(found: re.Match[str]) -> str:
        numbers.append(int(found[1]))
        return cell.magics[int(found[1])]

    text = re.sub(rf"(?:pass|get_ipython\(\))  {re.escape(mark)} (\d+)(?=\r?\n|\Z)", magic, code)
    if numbers != list(range(len(cell.magics))):
        raise CarrierError("the repair would move a magic of a cell; left alone")
    return text


def _whole(raw: list[str]) -> Cell:
    return Cell("".join(raw), tuple(range(1, len(raw) + 1)))


def _is_python(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _masked(raw: list[str], mark: str, number: int = 0) -> Cell:
    """Lines with a statement or value in the place of each magic; those that it goes on over are one."""
    try:
        from IPython.core.inputtransformer2 import TransformerManager, make_tokens_by_line
    except ImportError as error:
        message = "cells with magics need IPython: pip install 'cdktf-fix[notebooks]'"
        raise CarrierError(message) from error
    kinds: list[Any] = TransformerManager().token_transformers  # type: ignore[no-untyped-call]
    numbers = list(range(1, len(raw) + 1))
    magics: list[str] = []
    # IPython needs the end of the last line, too.
    code = [*raw[:-1], raw[-1] if raw[-1].endswith("\n") else raw[-1] + "\n"] if raw else []
    while True:
        tokens = make_tokens_by_line(code)
        found = [each for kind in kinds if (each := kind.find(tokens)) is not None]
        for each in sorted(found, key=lambda each: each.sortby()):
            try:
                after = each.transform(code)
            except SyntaxError:
                continue
            break
        else:
            break
        start, count = each.start_line, len(code) - len(after) + 1
        before = code[start][: each.start_col]
        stands_for = "get_ipython()" if before.strip() else "pass"
        last = code[start + count - 1]
        ending = last[len(last.rstrip("\r\n")) :]
        magics.append("".join(code[start : start + count])[len(before) :].removesuffix(ending))
        code[start : start + count] = [f"{before}{stands_for}  {mark} {number + len(magics) - 1}{ending}"]
        del numbers[start + 1 : start + count]
    text = "".join(code)
    if raw and not raw[-1].endswith("\n"):
        text = text.removesuffix("\n")
    return Cell(text, tuple(numbers), tuple(magics))
