from __future__ import annotations

import libcst as cst

from ...editing.literals import call
from ...meaning import Arguments, Given, arguments, constant
from ...meaning.overrides import overridden, required_versions
from ...meaning.types import is_instance
from ...schema.types import Named
from ...syntax.constraints import contradicts, is_constraint, reaches
from ..rule import SAFE, SHOWN, UNSAFE, Rule, Safety

_BACKENDS = ("S3Backend", "S3BackendConfig")
_OVERRIDDEN = ("TerraformStack", "TerraformElement")
"""What of cdktf's has a method ``add_override``."""
_PATH = "terraform.backend.s3"
_OPTION = "use_lockfile"


class UseLockfile(Rule):
    """``use_lockfile`` of the S3 backend, which Terraform has only from 1.10 on.

    Where the project declares an older Terraform, the option is dropped, with the comment that stands directly over it.
    Where it declares 1.10 or newer, an override is right; the keyword, which cdktf 0.21 does not take, becomes one.
    Terraform is declared by ``required_version``, ``.terraform-version``, ``.tool-versions``, ``mise.toml``, a
    Dockerfile, a CI workflow or a script that installs it, in the project's folder or above it in the repository, and
    by ``terraform`` in ``[tool.cdktf-fix]``. Source: Terraform's 1.10 release notes, backend/s3.

    Safe where a version is declared: the code fails as it is, at synthesis or at ``terraform init``. Unsafe where none
    is: with Terraform 1.10 the lock would be lost. Shown where nobody knows on what the override is called.

    Before::

        from cdktf import S3Backend, TerraformStack

        class Stack(TerraformStack):
            def __init__(self, scope, name):
                super().__init__(scope, name)
                self.add_override("terraform.required_version", "~> 1.9.0")
                S3Backend(self, bucket="state", key="app.tfstate", region="us-east-1")
                self.add_override("terraform.backend.s3.use_lockfile", True)

    After::

        from cdktf import S3Backend, TerraformStack

        class Stack(TerraformStack):
            def __init__(self, scope, name):
                super().__init__(scope, name)
                self.add_override("terraform.required_version", "~> 1.9.0")
                S3Backend(self, bucket="state", key="app.tfstate", region="us-east-1")
    """

    code = "B101"
    name = "use-lockfile"
    catalogue = ("B1",)
    wakes = (_OPTION,)

    def leave_Expr(self, original_node: cst.Expr, updated_node: cst.Expr) -> cst.Expr:
        """The override, a statement of its own."""
        override = original_node.value
        path = self._path(override) if isinstance(override, cst.Call) and not self._is_supported() else None
        if path is None or not isinstance(override, cst.Call) or not isinstance(override.func, cst.Attribute):
            return updated_node
        is_element = is_instance(self.source, override.func.value, *map(self.schema.core_name, _OVERRIDDEN))
        safety = SHOWN if is_element is None else self._drop_safety()
        if is_element is False:
            return updated_node
        if path != f"{_PATH}.{_OPTION}":
            within = f"{_PATH}.{_OPTION}".removeprefix(f"{path}.").split(".")
            self._check_value(override.args[1].value, within, safety)
        elif self.found(override, self._message("override"), safety=safety):
            self.edits_of(self.source).remove(original_node, comment=True)
        return updated_node

    def _check_value(self, value: cst.BaseExpression, path: list[str], safety: Safety) -> None:
        """The option inside of a dict that overrides something above it."""
        for element in value.elements if isinstance(value, cst.Dict) else ():
            if isinstance(element, cst.DictElement) and constant(self.source, element.key) == path[0]:
                if len(path) > 1:
                    self._check_value(element.value, path[1:], safety)
                elif self.found(element.key, self._message("key"), safety=safety):
                    assert isinstance(value, cst.Dict)
                    self.edits_of(self.source).drop(value, element)

    def _path(self, override: cst.Call) -> str | None:
        """What an override overrides, from the stack's root, where the option is that, or in it."""
        path = overridden(self.source, override)
        if path is None or not isinstance(override.func, cst.Attribute):
            return None
        if self.source.type_of(override.func.value) == Named(self.schema.core_name(_BACKENDS[0])):
            path = f"{_PATH}.{path}"
        return path if f"{_PATH}.{_OPTION}.".startswith(f"{path}.") else None

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        """The keyword of the backend."""
        made = self.source.called(original_node)
        if made is None or self.schema.core_member(made.name) not in _BACKENDS or _OPTION in made.arguments:
            return updated_node
        given = arguments(self.source, original_node)
        lockfile = given.get(_OPTION)
        if lockfile is not None and self._is_supported():
            self._repair_keyword(original_node, lockfile)
        elif lockfile is not None:
            message = self._message("keyword", given)
            if self.found(lockfile.key, message, safety=self._drop_safety(), source=lockfile.source):
                self.owner.drop(lockfile)
        return updated_node

    def _repair_keyword(self, backend: cst.Call, lockfile: Given) -> None:
        """Put ``scope.add_override(…)`` beside the statement that makes the backend."""
        message = f"cdktf's `S3Backend` takes no `{_OPTION}`; it is an override of the stack"
        line = self.source.names.enclosing(backend, cst.SimpleStatementLine)
        scope = next((arg.value for arg in backend.args if not arg.star and _is_scope(arg)), None)
        if line is None or not isinstance(scope, (cst.Name, cst.Attribute)):
            self.found(lockfile.key, message, safety=SHOWN, source=lockfile.source)
        elif self.found(lockfile.key, message, source=lockfile.source):
            stack: cst.BaseExpression = scope.deep_clone()
            if is_instance(self.source, scope, *map(self.schema.core_name, _OVERRIDDEN)) is False:
                stack = call(cst.Attribute(self.imports.core("TerraformStack"), cst.Name("of")), stack)
            path = self.string(f"{_PATH}.{_OPTION}")
            override = call(cst.Attribute(stack, cst.Name("add_override")), path, lockfile.value.deep_clone())
            self.owner.drop(lockfile)
            edits = self.edits_of(self.source)
            put = edits.precede if isinstance(line.body[-1], cst.Return) else edits.follow
            put(line, cst.SimpleStatementLine([cst.Expr(override)]))

    @property
    def _declared(self) -> str:
        """All that is said of the Terraform that the project runs."""
        said = [self.context.settings.terraform or "", *required_versions(self.source)]
        return ", ".join(filter(None, said))

    def _is_supported(self) -> bool | None:
        """Whether the declared Terraform has the option; None where that is not known."""
        return reaches(self._declared, (1, 10))

    def _drop_safety(self) -> Safety:
        return SAFE if self._is_supported() is False else UNSAFE

    def _message(self, what: str, given: Arguments | None = None) -> str:
        locked = any("dynamodb_table" in backend for backend in ([given] if given else self._backends()))
        note = "" if locked else "; nothing else locks the state"
        if self._is_supported() is False:
            declared = "an older one"
        else:
            note += "; declare the version that runs: `required_version`, `.terraform-version`, "
            note += 'or `terraform = "1.11"` in [tool.cdktf-fix]'
            vague = "contradicts itself" if contradicts(self._declared) else "allows an older one too"
            declared = f"`{self._declared}`, which {vague}" if is_constraint(self._declared) else "none"
        return f"the {what} `{_OPTION}` needs Terraform 1.10, and the project declares {declared}{note}"

    def _backends(self) -> list[Arguments]:
        calls = [(each, self.source.called(each)) for each in self.source.names.calls]
        return [
            arguments(self.source, each)
            for each, made in calls
            if made is not None and self.schema.core_member(made.name) == _BACKENDS[0]
        ]


def _is_scope(arg: cst.Arg) -> bool:
    return arg.keyword is None or arg.keyword.value == "scope"
