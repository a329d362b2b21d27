from __future__ import annotations

from ...knowledge.evidence import Evidence
from ...meaning.suppliers import suppliers
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
    repeats = ("A117",)

    def heed(self, evidence: Evidence) -> None:
        at_fault = self.made_at(evidence)
        if at_fault is None:
            return
        made, described = at_fault
        if evidence.argument not in described.arguments or described.short_name != evidence.construct:
            return
        found = suppliers(self.source, made, described, evidence.argument)
        what = f"`{described.short_name}` needs `{evidence.argument}`"
        if len(found) != 1:
            named = ", ".join(f"`{code}`" for code in found)
            self.shows(made, f"{what}; which of {named}?" if named else f"{what}; nothing here supplies it", evidence)
        elif self.finds(made, f"{what}; `{next(iter(found))}` supplies it", evidence):
            self.edits_of(self.source).add(made, evidence.argument, next(iter(found.values())).deep_clone())
