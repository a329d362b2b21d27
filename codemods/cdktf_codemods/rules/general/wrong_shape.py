from __future__ import annotations

import libcst as cst

from ...editing.conform import Change, Conformer, Place
from ...editing.placing import Placing
from ...meaning import Given, Origin, arguments, grown_later, put_later
from ...schema import ApiClass
from ..rule import DESCRIBED, SHOWN, Rule


class WrongShape(Rule):
    """A value of another shape than its argument wants.

    What every argument wants is in the schema of the provider version at hand; it changes even in minor versions. The
    least edit makes the value fit, where it was written: one block is put into a list, or taken out of one; a number,
    boolean or string becomes the other (``30`` → ``"30"``, a token by ``Token.as_string``); a struct of another parent
    becomes the one that the place wants; an inner block gets its wrapper, a wrapper too many goes; where anything is
    accepted, structs become plain dicts. A plain dict in a list of blocks, whose keys jsii drops without a word unless
    they are camelCase, becomes its struct.

    Safe: the value as it stands is refused, or silently lost. Shown where it fits nothing, or more than one place.

    Before::

        from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
        from cdktf_cdktf_provider_aws.security_group import SecurityGroup

        def web(scope):
            LbTargetGroup(scope, "api", deregistration_delay=30)
            SecurityGroup(scope, "web", ingress=[{"from_port": 80, "to_port": 80, "protocol": "tcp"}])

    After::

        from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
        from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress

        def web(scope):
            LbTargetGroup(scope, "api", deregistration_delay="30")
            SecurityGroup(scope, "web", ingress=[SecurityGroupIngress(from_port=80, to_port=80, protocol="tcp")])
    """

    code = "A102"
    name = "wrong-shape"
    catalogue = ("A2", "A4", "A6", "A7", "N4")
    wakes = (DESCRIBED,)
    makes = frozenset()

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None or self.source.is_misplaced(original_node, made):
            return updated_node
        every = arguments(self.source, original_node)
        placing = Placing(self.open_fix, original_node, made, every)
        for given in every:
            if placing.is_dissolved(given):
                continue  # A103's
            self._check(made, given.name, Origin(given.source, given.value), given)
        for arg in original_node.args:
            for name, origin in put_later(self.source, arg.value) if arg.star == "**" else ():
                self._check(made, name, origin, None)
            for name, origin, several in grown_later(self.source, arg.value) if arg.star == "**" else ():
                self._check(made, name, origin, None, is_element=not several)
        return updated_node

    def _check(self, made: ApiClass, name: str, value: Origin, given: Given | None, is_element: bool = False) -> None:
        parameter = made.arguments.get(name)
        if parameter is None:
            return
        place = Place(f"`{made.short_name}.{name}`", name, given)
        shown: dict[str, list[Change]] = {}
        conformer = Conformer(self.open_fix)
        found = conformer.element_changes if is_element else conformer.changes
        for change in found(value.source, value.node, parameter.type, place):
            if change.apply is None:
                shown.setdefault(change.message, []).append(change)
            elif self.found(change.node, change.message, source=change.source, safety=change.safety):
                change.apply()
        for message, changes in shown.items():
            self._show(value, message, changes)

    def _show(self, value: Origin, message: str, changes: list[Change]) -> None:
        """Once, where the value is written; at the construct, with the places, where other files or calls write it."""
        first = changes[0]
        if len(changes) == 1 and first.source is self.source:
            self.found(first.node, message, source=first.source, safety=SHOWN)
        else:
            places = [(each.source, each.node) for each in changes]
            self.found(value.node, message, source=value.source, safety=SHOWN, also=places)
