from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from ...meaning import Arguments, Given, arguments, constant
from ..rule import Rule

_BACKEND = "S3Backend"
_PATH = "terraform.backend.s3"
_OPTION = "use_lockfile"


class UseLockfile(Rule):
    """``use_lockfile`` of the S3 backend, which Terraform has only from 1.10 on.

    It is dropped, written as a keyword (which cdktf 0.21 does not take) or as an override, unless the project declares
    Terraform 1.10 or newer: there the keyword becomes the override. Where nothing else locks the state, the finding
    says so. Source: Terraform's 1.10 release notes, backend/s3.

    Safe: the code fails as it is, at synthesis or at ``terraform init``.

    Before::

        S3Backend(self, bucket="state", key="app.tfstate", region="us-east-1")
        self.add_override("terraform.backend.s3.use_lockfile", True)

    After::

        S3Backend(self, bucket="state", key="app.tfstate", region="us-east-1")
    """

    code = "B101"
    name = "use-lockfile"
    catalogue = ("B1",)
    wakes = (_OPTION,)

    def leave_Expr(self, original_node: cst.Expr, updated_node: cst.Expr) -> cst.Expr | cst.RemovalSentinel:
        """The override as a statement of its own."""
        call = original_node.value
        if not isinstance(call, cst.Call) or self._is_supported():
            return updated_node
        path = self._override_path(call)
        if path == f"{_PATH}.{_OPTION}" and self.found(call, self._message("override")):
            return cst.RemoveFromParent()
        if path and len(call.args) == 2:
            self._check_value(call.args[1].value, f"{_PATH}.{_OPTION}".removeprefix(f"{path}.").split("."))
        return updated_node

    def _check_value(self, value: cst.BaseExpression, path: list[str]) -> None:
        """The option inside of a dict that overrides something above it."""
        if not isinstance(value, cst.Dict):
            return
        for element in value.elements:
            if isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString):
                if element.key.evaluated_value != path[0]:
                    continue
                if len(path) > 1:
                    self._check_value(element.value, path[1:])
                elif self.found(element.key, self._message("key")):
                    self.edits_of(self.source).drop(value, element)

    def _override_path(self, call: cst.Call) -> str | None:
        """The path that ``add_override`` overrides, from the stack's root; None for any other call."""
        if not isinstance(call.func, cst.Attribute) or call.func.attr.value != "add_override" or len(call.args) != 2:
            return None
        path = constant(self.source, call.args[0].value)
        if path is None:
            return None
        if str(self.source.type_of(call.func.value)) == "S3Backend":
            path = f"{_PATH}.{path}"
        return path if f"{_PATH}.{_OPTION}.".startswith(f"{path}.") else None

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        """The keyword of the backend."""
        made = self.source.called(original_node)
        member = self.schema.core_member(made.name) if made is not None else ""
        if made is None or member not in (_BACKEND, "S3BackendConfig") or _OPTION in made.arguments:
            return updated_node
        given = arguments(self.source, original_node)
        lockfile = given.get(_OPTION)
        if lockfile is None:
            return updated_node
        if not self._is_supported():
            if self.found(lockfile.key, self._message("keyword", given)):
                self.owner.drop(lockfile)
        elif member == _BACKEND and self.found(lockfile.key, "cdktf's `S3Backend` takes no `use_lockfile`; override"):
            self._override(original_node, lockfile)
        return updated_node

    def _override(self, backend: cst.Call, lockfile: Given) -> None:
        """Put ``scope.add_override(…)`` behind the statement that makes the backend."""
        line = self.source.names.enclosing(backend, cst.SimpleStatementLine)
        assert line is not None
        scope = next(arg.value for arg in backend.args if arg.keyword is None or arg.keyword.value == "scope")
        override = cst.Call(
            cst.Attribute(scope, cst.Name("add_override")),
            [cst.Arg(self.string(f"{_PATH}.{_OPTION}")), cst.Arg(lockfile.value.deep_clone())],
        )
        self.owner.drop(lockfile)
        self.edits_of(self.source).follow(line, cst.SimpleStatementLine([cst.Expr(override)]))

    def _is_supported(self) -> bool:
        """Whether the project says that it runs Terraform 1.10 or newer."""
        declared = self.context.settings.terraform or self._required_version()
        number = re.search(r"(\d+)\.(\d+)", declared or "")
        return number is not None and (int(number[1]), int(number[2])) >= (1, 10)

    def _required_version(self) -> str | None:
        """What the code itself asks of Terraform, by an override of ``terraform.required_version``."""
        for call in self.source.names.calls:
            if isinstance(call.func, cst.Attribute) and call.func.attr.value == "add_override" and len(call.args) == 2:
                if constant(self.source, call.args[0].value) == "terraform.required_version":
                    return constant(self.source, call.args[1].value)
        return None

    def _message(self, what: str, given: Arguments | None = None) -> str:
        locked = any("dynamodb_table" in backend for backend in ([given] if given else self._backends()))
        note = "" if locked else "; nothing else locks the state (set `dynamodb_table`, or declare Terraform 1.10)"
        return f"the {what} `use_lockfile` needs Terraform 1.10, which the project does not declare{note}"

    def _backends(self) -> Iterator[Arguments]:
        for call in self.source.names.calls:
            made = self.source.called(call)
            if made is not None and made.name == _BACKEND:
                yield arguments(self.source, call)
