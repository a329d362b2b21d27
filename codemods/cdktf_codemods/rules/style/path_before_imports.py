from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import libcst as cst

from ..rule import Rule

_PATH_CALLS = ("sys.path.append", "sys.path.insert", "sys.path.extend")
_PACKAGES = frozenset("boto3 botocore constructs freezegun hypothesis jsii moto pytest requests yaml".split())
"""Packages beside the standard library and cdktf's that tests of infrastructure import."""
_REMARK = "# pylint: disable=wrong-import-position"


class PathBeforeImports(Rule):
    """``sys.path.append(…)`` between imports (pylint C0413).

    It moves below the imports that do not need it: those of the standard library and of well-known packages. Any other
    may be found by that path only and stays behind it; a comment tells pylint that it is meant.

    Safe: an import of a package does not depend on the path that is added for the project.

    Before::

        # lib/tap_stack.py
        class TapStack:
            pass

        # tests/test_stack.py
        import sys

        sys.path.append(".")

        from cdktf import Testing
        from lib.tap_stack import TapStack

    After::

        # lib/tap_stack.py
        class TapStack:
            pass

        # tests/test_stack.py
        import sys

        from cdktf import Testing

        sys.path.append(".")

        from lib.tap_stack import TapStack  # pylint: disable=wrong-import-position
    """

    code = "L104"
    name = "path-before-imports"
    equivalents = ("E402", "C0413", "wrong-import-position")
    catalogue = ("L4",)
    wakes = ("sys.path", "import path")
    default = False

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        body = list(original_node.body)
        start = next((at for at, each in enumerate(body) if self._adds_path(each)), None)
        if start is None:
            return updated_node
        while start and self._feeds(body[start - 1], body[start:]):
            start -= 1
        end = start
        while end < len(body) and (
            _is_import(body[end]) or self._adds_path(body[end]) or self._feeds(body[end], body[end:])
        ):
            end += 1
        region = body[start:end]
        imports = [each for each in region if _is_import(each)]
        others = [each for each in imports if not self._is_local(each) and not self.is_silenced(each)]
        if not others:
            return updated_node
        if not self.found(body[start], "code between imports; it goes below those that do not need it"):
            return updated_node
        rest = [each for each in region if each not in others]
        moved = [*self._spaced(body[:start], others), *self._marked(rest)]
        return updated_node.with_changes(body=[*body[:start], *moved, *body[end:]])

    def _adds_path(self, statement: cst.CSTNode) -> bool:
        """Whether a statement is ``sys.path.append(…)`` or its like."""
        if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
            return False
        part = statement.body[0]
        return isinstance(part, cst.Expr) and self.source.name_called(part.value) in _PATH_CALLS

    def _feeds(self, statement: cst.CSTNode, following: Sequence[cst.CSTNode]) -> bool:
        """Whether a statement only names a folder that the next one adds to the path."""
        if not isinstance(statement, cst.SimpleStatementLine) or not isinstance(statement.body[0], cst.Assign):
            return False
        target = statement.body[0].targets[0].target
        user = next((each for each in following if each is not statement), None)
        if not isinstance(target, cst.Name) or user is None or not self._adds_path(user):
            return False
        uses = self.source.names.uses.get(target.value, ())
        return any(use is not target and user in self.source.names.ancestors(use) for use, _ in uses)

    def _is_local(self, statement: cst.CSTNode) -> bool:
        """Whether an import may be found by the added path only: it is the project's, or no package that is known."""
        part = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
        assert isinstance(part, (cst.Import, cst.ImportFrom))
        stars = [name for name, each in self.source.names.star_imports if each is part]
        names = [binding.module for binding in self.source.names.bound_by(part)] or stars
        return not all(map(self._is_package, names))

    def _is_package(self, module: str) -> bool:
        package = module.partition(".")[0]
        known = package in sys.stdlib_module_names or package in _PACKAGES or package.startswith(("cdktf", "cdktn"))
        return known and self.source.find_module(module) is None

    def _spaced(self, before: Sequence[Any], imports: list[Any]) -> list[Any]:
        """The imports that move up, without a blank line between them and an import of the same kind above."""
        return imports if before and _is_import(before[-1]) else [_with_blank(imports[0], bool(before)), *imports[1:]]

    def _marked(self, rest: list[Any]) -> list[Any]:
        """What stays: one blank line in front of the path and of the imports behind it, and pylint told of these."""
        marked = []
        for position, statement in enumerate(rest):
            if position == 0 or (_is_import(statement) and not _is_import(rest[position - 1])):
                statement = _with_blank(statement, True)
            if _is_import(statement) and statement.trailing_whitespace.comment is None:
                remark = cst.TrailingWhitespace(cst.SimpleWhitespace("  "), cst.Comment(_REMARK), cst.Newline())
                statement = statement.with_changes(trailing_whitespace=remark)
            marked.append(statement)
        return marked


def _is_import(statement: cst.CSTNode) -> bool:
    return (
        isinstance(statement, cst.SimpleStatementLine)
        and len(statement.body) == 1
        and isinstance(statement.body[0], (cst.Import, cst.ImportFrom))
    )


def _with_blank(statement: Any, blank: bool) -> Any:
    lines = list(statement.leading_lines)
    if blank and (not lines or lines[0].comment is not None):
        lines = [cst.EmptyLine(indent=False), *lines]
    return statement.with_changes(leading_lines=lines)
