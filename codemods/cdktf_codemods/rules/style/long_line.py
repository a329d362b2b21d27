from __future__ import annotations

import libcst as cst

from ...editing.layout import LET_BE, code_of, formatted, is_long, least, lines_of
from ..rule import SHOWN, Rule
from ..settings import Settings


class LongLine(Rule):
    """A line over the limit of the project (pylint C0301), which is 120 characters unless it says otherwise.

    What is too long in the statement is laid out by black, as it would lay out the whole file; quotes stay.
    Where the name of a class is too long for its line, the call goes into parentheses of its own.

    Safe: the meaning is the same. Shown where only the author can break the line: in a text or a comment.

    Before::

        from package_with_a_long_name import CONFIGURATION, DatabaseConstruct, NetworkingConstruct, SecurityConstruct, StorageConstruct

    After::

        from package_with_a_long_name import (
            CONFIGURATION,
            DatabaseConstruct,
            NetworkingConstruct,
            SecurityConstruct,
            StorageConstruct,
        )
    """

    code = "L102"
    name = "long-line"
    equivalents = LET_BE
    catalogue = ("L2",)
    last = True
    default = False

    @classmethod
    def wants(cls, text: str, settings: Settings, marks: tuple[str, ...]) -> bool:
        return is_long(text, settings.layout.line_length)

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        limit = self.context.settings.layout.line_length
        for line, depth in lines_of(original_node):
            width = limit - depth * len(original_node.default_indent)
            code = code_of(original_node, line)
            if not is_long(code, width) or self.is_silenced(line):
                continue
            new = formatted(original_node, line, width)
            longest = max(map(len, code.splitlines())) + limit - width
            message = f"the line has {longest} characters; {limit} are allowed"
            if new is None or _excess(code_of(original_node, new), width) >= _excess(code, width):
                self.found(line, f"{message}, and only its author can break it", safety=SHOWN)
            elif self.found(line, message):
                self.edit(line, least(original_node, line, new, width))
        return updated_node


def _excess(code: str, width: int) -> int:
    """How many lines are too long."""
    return sum(len(line) > width for line in code.splitlines())
