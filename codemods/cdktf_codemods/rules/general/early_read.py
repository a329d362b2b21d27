from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import libcst as cst

from ...meaning.initializing import Event, Initializing, obstacle
from ..rule import DESCRIBED, SHOWN, Rule


class EarlyRead(Rule):
    """An attribute that ``__init__``, or a method that it calls, reads before any other has set it.

    The call of the method that sets it moves up, in front of the statement that needs it.

    Safe: the code raises an ``AttributeError`` as it is, whoever makes the object. It is done only where nothing that
    the method reads is set by what it moves over, and nothing that it sets was set before. Else shown.

    Before::

        from cdktf import TerraformStack
        from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster
        from cdktf_cdktf_provider_aws.ecs_service import EcsService

        class Shop(TerraformStack):
            def __init__(self, scope, construct_id):
                super().__init__(scope, construct_id)
                # What runs
                self._make_service()
                # What it runs on
                self._make_cluster()

            def _make_service(self):
                EcsService(self, "api", name="api", cluster=self.cluster.arn)

            def _make_cluster(self):
                self.cluster = EcsCluster(self, "cluster", name="shop")

    After::

        from cdktf import TerraformStack
        from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster
        from cdktf_cdktf_provider_aws.ecs_service import EcsService

        class Shop(TerraformStack):
            def __init__(self, scope, construct_id):
                super().__init__(scope, construct_id)
                # What it runs on
                self._make_cluster()
                # What runs
                self._make_service()

            def _make_service(self):
                EcsService(self, "api", name="api", cluster=self.cluster.arn)

            def _make_cluster(self):
                self.cluster = EcsCluster(self, "cluster", name="shop")
    """

    code = "N121"
    name = "early-read"
    wakes = (DESCRIBED,)
    last = True
    equivalents = ("E1101", "no-member")

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> cst.ClassDef:
        scope = self.source.names.scopes[id(original_node)]
        bound = scope.bindings.get("__init__", [])
        function = bound[0].node if len(bound) == 1 else None
        if not scope.attributes or not isinstance(function, cst.FunctionDef) or function.decorators:
            return updated_node
        run = Initializing(self.source, scope, function)
        events = run.events()
        early = list(_early(events))
        own = run.own_names() if early else set()
        if (at := next((each for each in early if events[each].name in own), None)) is not None:
            self._repair(function, events, at)
        return updated_node

    def _repair(self, function: cst.FunctionDef, events: Sequence[Event], at: int) -> None:
        read = events[at]
        body: Sequence[Any] = function.body.body
        setter = next((each for each in events[at:] if each.kind == "set" and each.name == read.name), None)
        what = f"`{read.name}` is read before anything has set it"
        if setter is None or setter.top is None or read.top not in body:
            self.found(read.node, f"{what}; no call sets it", safety=SHOWN)
            return
        also = [(self.source, setter.node)]
        start, end = body.index(read.top), body.index(setter.top)
        reason = obstacle(self.source, events, body[start:end], setter)
        if reason is not None:
            self.found(read.node, f"{what}, and {reason}; it is set here", safety=SHOWN, also=also)
        elif self.found(read.node, f"{what}; the call that sets it moves up. It is set here", also=also):
            first, second = _spaced(body[end], body[start])
            moved = [*body[:start], first, second, *body[start + 1 : end], *body[end + 1 :]]
            self.edit(function.body, function.body.with_changes(body=moved))


def _spaced(moved: Any, other: Any) -> tuple[Any, Any]:
    """A statement that moves up to another, and that one, with the blank lines where they were."""
    blank, under = ([each for each in line.leading_lines if each.comment is None] for line in (other, moved))
    rest, own = ([each for each in line.leading_lines if each.comment is not None] for line in (other, moved))
    if len(blank) == len(under):
        return moved, other
    return moved.with_changes(leading_lines=[*blank, *own]), other.with_changes(leading_lines=[*under, *rest])


def _early(events: Sequence[Event]) -> Iterator[int]:
    """Those that surely read an attribute that nothing has set, as far as it can be told what runs."""
    known: set[str] = set()
    for at, each in enumerate(events):
        if each.kind == "unknown":
            return
        if each.kind == "set":
            known.add(each.name)
        elif each.surely and each.name not in known:
            yield at
