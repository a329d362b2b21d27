from __future__ import annotations

import re
from typing import ClassVar

import libcst as cst

from ...editing.literals import call
from ...meaning import constant, string_value, trace
from ...meaning.texts import ENVIRONMENT_READERS
from ..rule import SHOWN, UNSAFE, Rule, Safety


class _EnvironmentDefault(Rule):
    """Base: a default for an environment variable that has to be set."""

    safety = UNSAFE
    wakes = ("environ", "getenv")
    words: ClassVar[re.Pattern[str]]

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        if len(original_node.args) != 2 or self.source.name_called(original_node) not in ENVIRONMENT_READERS:
            return updated_node
        name = constant(self.source, original_node.args[0].value)
        if name is None or not self.words.search(name) or not self._is_text(original_node.args[1].value):
            return updated_node
        message = f"`{name}` has a default in the code, which stands in when it is forgotten; it has to be set"
        line = self.source.names.enclosing(original_node, cst.SimpleStatementLine)
        if line is None or self._is_late(original_node):
            self.found(
                original_node, f"{message}. Read it in a statement of its own and raise a `ValueError`", safety=SHOWN
            )
        elif self.found(original_node, message, safety=self._edit_safety()):
            first = original_node.args[0].with_changes(comma=cst.MaybeSentinel.DEFAULT)
            return self._required(line, original_node, updated_node.with_changes(args=[first]), name)
        return updated_node

    def _edit_safety(self) -> Safety:
        """Of the edit, which stops every synthesis without the variable: of a rule that runs unasked it is not made."""
        return SHOWN if self.default and not self.context.settings.names(self.code) else UNSAFE

    def _is_text(self, default: cst.BaseExpression) -> bool:
        origins, complete = trace(self.source, default)
        return complete and bool(origins) and all(string_value(each.node) for each in origins)

    def _is_late(self, reading: cst.Call) -> bool:
        """Whether the call runs later than its statement, or only sometimes: in a lambda, a comprehension, a branch."""
        later = (cst.Lambda, cst.BaseComp, cst.IfExp, cst.BooleanOperation, cst.Param)
        return any(isinstance(each, later) for each in self.source.names.ancestors(reading))

    def _required(
        self, line: cst.SimpleStatementLine, original: cst.Call, reading: cst.Call, name: str
    ) -> cst.BaseExpression:
        """The call without its default, and the check that it gives something."""
        statement = line.body[0]
        edits = self.edits_of(self.source)
        if isinstance(statement, cst.Assign) and statement.value is original and len(line.body) == 1:
            target = statement.targets[0].target
            if len(statement.targets) == 1 and isinstance(target, (cst.Name, cst.Attribute)):
                edits.follow(line, self._check(target, name))
                return reading
        variable = self._free(name.lower())
        assign = cst.Assign([cst.AssignTarget(cst.Name(variable))], reading)
        edits.precede(line, cst.SimpleStatementLine([assign]), self._check(cst.Name(variable), name))
        return cst.Name(variable)

    def _free(self, name: str) -> str:
        name = re.sub(r"\W", "_", name)
        while any(name in scope.bindings for scope in self.source.names.scopes.values()):
            name += "_"
        return name

    def _check(self, value: cst.BaseExpression, name: str) -> cst.If:
        error = call(cst.Name("ValueError"), self.string(f"{name} environment variable must be set"))
        test = cst.UnaryOperation(cst.Not(), value.deep_clone())
        return cst.If(test, cst.IndentedBlock([cst.SimpleStatementLine([cst.Raise(error)])]))


class SecretDefault(_EnvironmentDefault):
    """A default for a secret that the environment gives.

    When the variable is forgotten, the deployment runs with a password that stands in the repository. It is shown.
    Where this very rule is selected (``--select S102``), the default is removed, and a ``ValueError`` raised when the
    variable is not set.

    Unsafe: what ran without the variable stops running.

    Before::

        import os

        password = os.environ.get("DB_PASSWORD", "ChangeMe123!")

    After::

        import os

        password = os.environ.get("DB_PASSWORD")
        if not password:
            raise ValueError("DB_PASSWORD environment variable must be set")
    """

    code = "S102"
    name = "secret-default"
    equivalents = ("S105", "S106", "S107", "B105", "B106", "B107")
    catalogue = ("S2",)
    words = re.compile(
        r"(?i)(?:^|_)(?:password|passwd|pwd|pass|secret|token|credentials?|(?:api|access|private|secret)_?key)(?:_|$)"
    )


class EnvironmentDefault(_EnvironmentDefault):
    """A default for the variable that says which environment to deploy.

    When it is forgotten, the wrong environment is deployed. The default is removed, and a ``ValueError`` raised when
    the variable is not set. Off by default: for trying things out a default is welcome.

    Unsafe: what ran without the variable stops running.

    Before::

        import os

        environment_suffix = os.getenv("ENVIRONMENT_SUFFIX", "demo")

    After::

        import os

        environment_suffix = os.getenv("ENVIRONMENT_SUFFIX")
        if not environment_suffix:
            raise ValueError("ENVIRONMENT_SUFFIX environment variable must be set")
    """

    code = "S103"
    name = "environment-default"
    catalogue = ("S3",)
    default = False
    words = re.compile(r"(?i)(?:^|_)(?:env|environment|stage|suffix|workspace)(?:_|$)")
