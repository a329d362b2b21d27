"""Where nodes stand in the text, for a few nodes at a time.

LibCST's own position provider clones the tree and records every node, which costs more than the parse.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import libcst as cst
from libcst._nodes.internal import CodegenState

from ..meaning import Names

Places = dict[int, tuple[int, int]]


class _Recorder(CodegenState):
    def __init__(self, module: cst.Module, wanted: set[int]) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.wanted = wanted
        self.offset = 0
        self.starts: dict[int, int] = {}

    def add_token(self, value: str) -> None:
        super().add_token(value)
        self.offset += len(value)

    def add_indent_tokens(self) -> None:
        super().add_indent_tokens()
        self.offset += sum(map(len, self.indent_tokens))

    def before_codegen(self, node: cst.CSTNode) -> None:
        if id(node) in self.wanted:
            self.starts.setdefault(id(node), self.offset)

    @contextmanager
    def record_syntactic_position(
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> Iterator[None]:
        if id(node) in self.wanted:
            self.starts[id(node)] = self.offset
        yield


def positions(module: cst.Module, text: str, names: Names, nodes: Iterable[cst.CSTNode]) -> Places:
    """Line and column, both from 1, of the nodes of *module* by their ``id``; nodes that are not in it are left out.

    The code of a node's statement is looked for in the *text*; only if it stands there twice is all of it written out.
    """
    starts: dict[int, int] = {}
    by_line: dict[int, tuple[cst.SimpleStatementLine, list[cst.CSTNode]]] = {}
    for node in nodes:
        line = next(
            (each for each in (node, *names.ancestors(node)) if isinstance(each, cst.SimpleStatementLine)), None
        )
        if line is None:
            if id(node) in names.parents:
                return _lines_of(text, _written(module, nodes).starts)
        elif id(line) in names.parents:
            by_line.setdefault(id(line), (line, []))[1].append(node)
    for line, inside in by_line.values():
        recorder = _Recorder(module, {id(node) for node in inside})
        recorder.indent_tokens = _indent(module, names, line)
        line._codegen(recorder)
        code = "".join(recorder.tokens)
        offset = text.find(code)
        if offset < 0 or text.find(code, offset + 1) >= 0:
            return _lines_of(text, _written(module, nodes).starts)
        starts.update({key: offset + start for key, start in recorder.starts.items()})
    return _lines_of(text, starts)


def _written(module: cst.Module, nodes: Iterable[cst.CSTNode]) -> _Recorder:
    recorder = _Recorder(module, {id(node) for node in nodes})
    module._codegen(recorder)
    return recorder


def _indent(module: cst.Module, names: Names, line: cst.SimpleStatementLine) -> list[str]:
    blocks = [each for each in names.ancestors(line) if isinstance(each, cst.IndentedBlock)]
    return [module.default_indent if block.indent is None else block.indent for block in reversed(blocks)]


def _lines_of(text: str, starts: dict[int, int]) -> Places:
    lines = [0, *(newline.end() for newline in re.finditer(r"\r\n?|\n", text))]
    result = {}
    for key, start in starts.items():
        line = bisect_right(lines, start)
        result[key] = (line, start - lines[line - 1] + 1)
    return result
