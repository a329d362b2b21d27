"""One parsed text: its tree, its names, its places. Immutable; made once a text."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

import libcst as cst
from libcst._nodes.base import CSTNode

from .scopes import Names
from .spans import Spans

Wanted = frozenset[type[cst.CSTNode]]
"""The node classes that a walk lists in order."""

_DEEP = 200
"""Levels; Python's own parser refuses as many nested parentheses."""
_NO_BRACKETS = bytes(set(range(256)) - set(b"()[]{}"))
_SIGNS = re.compile(rf"(?:[-+~]\s*){{{_DEEP}}}")
_TOO_DEEP = "1:1: cannot parse: nested too deeply"


class ParseError(Exception):
    """A text that does not parse; the message is ``line:column: cannot parse: reason``."""


class Text:
    """A text of Python and what can be told of it alone."""

    def __init__(
        self,
        code: str,
        module: cst.Module,
        wanted: Wanted = frozenset(),
        statements: list[tuple[int, cst.CSTNode]] | None = None,
    ) -> None:
        """*statements* is where each begins, if that is known already."""
        self.code = code
        self.is_kept = False
        """Whether another run may be given it, so that none may take it apart."""
        self.module = module
        self.wanted = wanted
        self.names = Names(module, wanted)
        self.spans = Spans(code, module, self.names, statements)


@contextmanager
def unvalidated() -> Iterator[None]:
    """Take the nodes that a parser makes for valid, as they are: a sixth of the cost of a parse is to check them."""
    checked = CSTNode.__post_init__
    CSTNode.__post_init__ = lambda self: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        CSTNode.__post_init__ = checked  # type: ignore[method-assign]


_LARGEST = 100_000
_kept: Callable[[str, Wanted], Text] | None = None


def keep(most: int) -> None:
    """Keep the texts that were asked for last, for a process that reads the same files again and again; 0 for none.

    :param most: so many; one of 500 lines takes a megabyte or two, and one of over 100,000 characters is not kept.
    """
    global _kept
    _kept = lru_cache(most)(_parsed) if most else None


def parse(code: str, wanted: Wanted = frozenset()) -> Text:
    """Read a text.

    :raises ParseError: it does not parse.
    """
    if _kept is None or len(code) > _LARGEST:
        return _parsed(code, wanted)
    text = _kept(code, wanted)
    text.is_kept = True
    return text


def _parsed(code: str, wanted: Wanted) -> Text:
    if _may_be_deep(code) and syntax_error(code) == _TOO_DEEP:
        raise ParseError(_TOO_DEEP)
    try:
        with unvalidated():
            module = cst.parse_module(code)
        return Text(code, module, wanted)
    except cst.ParserSyntaxError as error:
        own = f"{error.raw_line}:{error.raw_column + 1}: cannot parse: {' '.join(error.message.split())}"
        raise ParseError(syntax_error(code) or own) from error
    except RecursionError as error:
        raise ParseError(_TOO_DEEP) from error


def _may_be_deep(text: str) -> bool:
    """Whether a text may be nested so deeply, some thousand levels, that LibCST's parser kills the process."""
    brackets = text.encode(errors="replace").translate(None, _NO_BRACKETS)
    for _ in range(_DEEP):
        outer = brackets.replace(b"()", b"").replace(b"[]", b"").replace(b"{}", b"")
        if len(outer) == len(brackets):
            break
        brackets = outer
    return len(brackets) > _DEEP or text.count("not") > _DEEP or _SIGNS.search(text) is not None


def syntax_error(text: str) -> str | None:
    """Python's own complaint about a text, as ``line:column: reason``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        if "too many nested" in error.msg:
            return _TOO_DEEP
        return f"{error.lineno or 1}:{error.offset or 1}: cannot parse: {error.msg}"
    except (RecursionError, MemoryError):
        return _TOO_DEEP
    except ValueError as error:
        return f"1:1: cannot parse: {error}"
    return None
