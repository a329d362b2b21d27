from __future__ import annotations

import libcst as cst

from ...meaning import arguments
from ...meaning.suppliers import suppliers
from ...meaning.tried import is_meant_to_fail
from ...schema import ApiClass
from ..rule import DESCRIBED, SHOWN, UNSAFE, Rule
from .unknown_argument import may_have_unknown


class MissingArgument(Rule):
    """A construct or struct that is made without an argument that it requires.

    A parameter or variable of that name and no other type supplies it; or the expression by which another call of the
    same class gives it; or a variable that holds a resource of the kind that the argument names, by its ARN where that
    is wanted. While the call gives an argument that there is none of, which may be the one, nothing is said.

    Unsafe: nothing says that what is at hand is meant. Shown where nothing supplies it, or more than one thing: values
    are not made up.

    Before::

        from cdktf_cdktf_provider_aws.iam_role import IamRole
        from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
        from cdktf_cdktf_provider_aws.subnet import Subnet

        def api(scope, vpc_id, policy):
            Subnet(scope, "private", cidr_block="10.0.1.0/24")
            runner = IamRole(scope, "runner", assume_role_policy=policy)
            LambdaFunction(scope, "api", function_name="api")

    After::

        from cdktf_cdktf_provider_aws.iam_role import IamRole
        from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
        from cdktf_cdktf_provider_aws.subnet import Subnet

        def api(scope, vpc_id, policy):
            Subnet(scope, "private", cidr_block="10.0.1.0/24", vpc_id=vpc_id)
            runner = IamRole(scope, "runner", assume_role_policy=policy)
            LambdaFunction(scope, "api", function_name="api", role=runner.arn)
    """

    code = "A117"
    name = "missing-required-argument"
    safety = UNSAFE
    wakes = (DESCRIBED,)
    makes = frozenset()

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is not None and self._is_read(original_node, made):
            given = arguments(self.source, original_node)
            for argument in made.required:
                if argument not in given and not is_meant_to_fail(self.source, original_node):
                    self._missing(original_node, made, argument)
        return updated_node

    def _is_read(self, call: cst.Call, made: ApiClass) -> bool:
        """Whether all that a call gives is told by the call itself, and is as its class has it."""
        if any(arg.star for arg in call.args) or not may_have_unknown(self.source, call, made):
            return False
        keywords = [arg.keyword.value for arg in call.args if arg.keyword is not None]
        known = all(name in made.signature.parameters for name in keywords)
        return known and len(call.args) - len(keywords) <= len(made.signature.positional)

    def _missing(self, call: cst.Call, made: ApiClass, argument: str) -> None:
        found = suppliers(self.source, call, made, argument)
        what = f"`{made.short_name}` needs `{argument}`"
        if len(found) != 1:
            named = ", ".join(f"`{code}`" for code in found)
            message = f"{what}; which of {named}?" if named else f"{what}; nothing here supplies it"
            self.found(call.func, message, safety=SHOWN)
        elif self.found(call.func, f"{what}; `{next(iter(found))}` supplies it"):
            self.edits_of(self.source).add(call, argument, next(iter(found.values())).deep_clone())
