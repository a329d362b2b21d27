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


def positions(module: cst.Module, nodes: Iterable[cst.CSTNode]) -> dict[int, tuple[int, int]]:
    """Line and column, both from 1, of the nodes of *module* by their ``id``; nodes that are not in it are left out."""
    recorder = _Recorder(module, {id(node) for node in nodes})
    module._codegen(recorder)
    text = "".join(recorder.tokens)
    lines = [0, *(newline.end() for newline in re.finditer(r"\r\n?|\n", text))]
    result = {}
    for key, start in recorder.starts.items():
        line = bisect_right(lines, start)
        result[key] = (line, start - lines[line - 1] + 1)
    return result
