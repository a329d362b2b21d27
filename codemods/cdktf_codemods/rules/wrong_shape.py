from __future__ import annotations

import libcst as cst

from ..conform import Conformer
from ..rule import SHOWN, Rule
from ..source import arguments


class WrongShape(Rule):
    """A value of another shape than its argument wants: one block where the provider wants a list of them.

    What every argument wants is in the schema of the provider version at hand: whether a block is one or a list
    changes even in minor versions of the provider.

    Safe: the value as it stands is refused when the construct is made.

    Before::

        S3BucketLifecycleConfigurationRule(
            id="logs", status="Enabled", expiration=S3BucketLifecycleConfigurationRuleExpiration(days=90)
        )

    After::

        S3BucketLifecycleConfigurationRule(
            id="logs", status="Enabled", expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=90)]
        )
    """

    code = "A102"
    name = "wrong-shape"
    catalogue = ("A6",)
    wakes = ("cdktf",)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None:
            return updated_node
        conformer = Conformer(self.context.edits, self.context.imports)
        for given in arguments(self.source, original_node):
            parameter = made.arguments.get(given.name)
            if parameter is None:
                continue
            place = f"`{made.short_name}.{given.name}`"
            for change in conformer.changes(given.source, given.value, parameter.type, place):
                safety = change.safety if change.apply else SHOWN
                if self.found(change.node, change.message, source=change.source, safety=safety) and change.apply:
                    change.apply()
        return updated_node
