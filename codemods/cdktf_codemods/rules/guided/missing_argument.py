from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ...knowledge.aws import wants_arn
from ...knowledge.evidence import Evidence
from ...meaning import Binding, arguments
from ...meaning.repeated import names_in
from ...meaning.types import UNKNOWN
from ...schema import ApiClass
from ...schema.naming import words
from ...schema.types import Named, TypeRef
from .base import Guided


class MissingArgument(Guided):
    """A required argument that a call does not give, and that something at hand supplies.

    What supplies it is a parameter or variable of that name and no other type; another call of the same class, by an
    expression that can be read here too; or a variable that holds a resource of the kind that the argument names, by
    its ARN where that is wanted.

    Unsafe: nothing says that it is meant. Shown where nothing supplies it, or more than one thing.

    Before::

        from cdktf_cdktf_provider_aws.iam_role import IamRole
        from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction

        def api(scope, policy):
            runner = IamRole(scope, "runner", assume_role_policy=policy)
            LambdaFunction(scope, "api", function_name="api")

    Error::

        main.py:6:5: TypeError: LambdaFunction.__init__() missing 1 required keyword-only argument: 'role'

    After::

        from cdktf_cdktf_provider_aws.iam_role import IamRole
        from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction

        def api(scope, policy):
            runner = IamRole(scope, "runner", assume_role_policy=policy)
            LambdaFunction(scope, "api", function_name="api", role=runner.arn)
    """

    code = "G104"
    name = "missing-argument"
    kind = "missing"

    def heed(self, evidence: Evidence) -> None:
        at_fault = self.made_at(evidence)
        if at_fault is None:
            return
        made, described = at_fault
        parameter = described.arguments.get(evidence.argument)
        if parameter is None or described.short_name != evidence.construct:
            return
        found = {_code(each): each for each in self._suppliers(made, described, evidence.argument, parameter.type)}
        what = f"`{described.short_name}` needs `{evidence.argument}`"
        if len(found) != 1:
            named = ", ".join(f"`{code}`" for code in found)
            self.shows(made, f"{what}; which of {named}?" if named else f"{what}; nothing here supplies it", evidence)
        elif self.finds(made, f"{what}; `{next(iter(found))}` supplies it", evidence):
            self.edits_of(self.source).add(made, evidence.argument, next(iter(found.values())).deep_clone())

    def _suppliers(
        self, made: cst.Call, described: ApiClass, argument: str, want: TypeRef
    ) -> Iterator[cst.BaseExpression]:
        here = self.source.spans.start(made)
        for name, binding, value in self._seen_from(made):
            if self.source.spans.start(binding.node) >= here:
                continue
            kind = self.source.type_of(binding.value) if binding.value is not None else None
            holder = self.schema.find(kind.name) if isinstance(kind, Named) else None
            if holder is not None and holder.is_construct:
                if words(argument)[-1] == words(holder.short_name)[-1] and wants_arn(described, argument):
                    if "arn" in holder.attributes:
                        yield cst.Attribute(value, cst.Name("arn"))
            elif name == argument and kind in (None, UNKNOWN, *want.options):
                yield value
        for other in self.source.names.calls:
            given = arguments(self.source, other).get(argument) if other is not made else None
            if given is not None and given.spread is None and self.source.called(other) is described:
                if self._means_the_same(given.value, made):
                    yield given.value

    def _seen_from(self, made: cst.Call) -> Iterator[tuple[str, Binding, cst.BaseExpression]]:
        """The parameters and variables that a call can read, and the attributes of its object, each once bound."""
        scope = self.source.names.scope_of(made)
        each = scope
        while True:
            for name, bound in each.bindings.items():
                if each.kind != "class" and len(bound) == 1 and bound[0].kind in ("parameter", "assign"):
                    if scope.find(name) is bound and name not in ("self", "cls"):
                        yield name, bound[0], cst.Name(name)
            if each.parent is None:
                break
            each = each.parent
        owner = scope.enclosing_class
        for name, bound in owner.attributes.items() if owner is not None else ():
            if len(bound) == 1:
                yield name, bound[0], cst.Attribute(cst.Name("self"), cst.Name(name))

    def _means_the_same(self, value: cst.BaseExpression, made: cst.Call) -> bool:
        """Whether what an expression reads is read the same where a call is."""
        scope = self.source.names.scope_of(made)
        names = list(names_in(value))
        before = self.source.spans.start(made)
        found = [self.source.names.scope_of(name).find(name.value) for name in names]
        same = all(scope.find(name.value) is bound for name, bound in zip(names, found))
        return (
            bool(names) and same and all(self.source.spans.start(each.node) < before for all_ in found for each in all_)
        )


def _code(node: cst.BaseExpression) -> str:
    return cst.Module([]).code_for_node(node)
