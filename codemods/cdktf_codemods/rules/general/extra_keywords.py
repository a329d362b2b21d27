from __future__ import annotations

import libcst as cst

from ...meaning import Binding, Use, arguments
from ...meaning.origins import string_value
from ...schema import ApiClass
from ..rule import SHOWN, Rule

_ALL = "*"


class ExtraKeywords(Rule):
    """``**kwargs`` handed on to the ``__init__`` of a stack or construct that takes no keywords.

    ``TerraformStack`` and ``Construct`` take a scope and an id. Where callers pass more, and the class reads it itself,
    the keywords are not handed on. Where nothing reads them they are shown: what they were meant for is not written.

    Safe: the call raises a ``TypeError`` for each caller that passes one.

    Before::

        from cdktf import App, TerraformStack

        class Network(TerraformStack):
            def __init__(self, scope, construct_id, **kwargs):
                super().__init__(scope, construct_id, **kwargs)
                self.cidr = kwargs.get("cidr", "10.0.0.0/16")

        Network(App(), "network", cidr="10.1.0.0/16")

    After::

        from cdktf import App, TerraformStack

        class Network(TerraformStack):
            def __init__(self, scope, construct_id, **kwargs):
                super().__init__(scope, construct_id)
                self.cidr = kwargs.get("cidr", "10.0.0.0/16")

        Network(App(), "network", cidr="10.1.0.0/16")
    """

    code = "A109"
    name = "extra-keywords"
    equivalents = ("E1123", "unexpected-keyword-arg")
    wakes = ("**",)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        spread = next((arg for arg in original_node.args if arg.star == "**"), None)
        base = self._base(original_node) if spread is not None else None
        rest = self._rest(spread) if spread is not None and base is not None else None
        if spread is None or base is None or rest is None:
            return updated_node
        read, popped = self._read(rest, spread)
        passed = {name: use for name, use in self._passed(rest).items() if name not in popped}
        if not passed or _ALL in popped:
            return updated_node
        named = ", ".join(f"`{name}`" for name in passed)
        message = f"`{base.short_name}.__init__` takes no keywords, and {named} is passed"
        if _ALL not in read and not read.issuperset(passed):
            self.found(spread, f"{message}, which nothing reads", safety=SHOWN, also=list(passed.values()))
        elif self.found(spread, message):
            self.edits_of(self.source).drop(original_node, spread)
        return updated_node

    def _base(self, call: cst.Call) -> ApiClass | None:
        """The class of a package whose ``__init__`` a call runs for ``self``, if that takes no keywords."""
        func = call.func
        if not isinstance(func, cst.Attribute) or func.attr.value != "__init__":
            return None
        bases = self.source.bases_meant(func.value)
        if not bases or bases[0].source is not None:
            return None
        found = self.schema.find(bases[0].name)
        return found if found is not None and found.is_construct and not found.arguments else None

    def _rest(self, spread: cst.Arg) -> Binding | None:
        """What binds an unpacked name, if it is the ``**kwargs`` of the ``__init__`` around."""
        name = spread.value
        found = self.source.names.scope_of(name).find(name.value) if isinstance(name, cst.Name) else []
        function = found[0].scope.node if len(found) == 1 else None
        if not isinstance(function, cst.FunctionDef) or function.name.value != "__init__":
            return None
        return found[0] if found[0].node is function.params.star_kwarg else None

    def _passed(self, rest: Binding) -> dict[str, Use]:
        """The keywords that callers pass beyond the parameters, each with its first place."""
        function = rest.scope.node
        assert isinstance(function, cst.FunctionDef)
        every = (*function.params.params, *function.params.kwonly_params)
        known = {parameter.name.value for parameter in every}
        found: dict[str, Use] = {}
        for caller, call in self.source.calls_of(function):
            for given in arguments(caller, call):
                if given.name not in known:
                    found.setdefault(given.name, (given.source, given.key))
        return found

    def _read(self, rest: Binding, spread: cst.Arg) -> tuple[set[str], set[str]]:
        """The keys that the class reads of its keywords, and those that it takes out; ``*`` for any."""
        read: set[str] = set()
        popped: set[str] = set()
        parents = self.source.names.parents
        for use in self.source.names.uses_of(rest):
            holder = parents.get(id(use))
            outer = parents.get(id(holder))
            if holder is spread:
                continue
            if self._may_take_out(use):
                popped.add(_ALL)
            elif isinstance(holder, cst.Attribute) and isinstance(outer, cst.Call) and outer.args:
                key = string_value(outer.args[0].value) or _ALL
                read.add(key)
                popped |= {key} if holder.attr.value == "pop" else set()
            elif isinstance(holder, cst.Subscript) and isinstance(holder.slice[0].slice, cst.Index):
                key = string_value(holder.slice[0].slice.value) or _ALL
                read.add(key)
                popped |= {key} if isinstance(outer, (cst.Del, cst.AssignTarget)) else set()
            else:
                read.add(_ALL)
        return read, popped

    def _may_take_out(self, use: cst.Name) -> bool:
        """Whether what the keywords are handed to as a dict, or a variable for them, may have any of them taken out."""
        parents = self.source.names.parents
        holder = parents.get(id(use))
        call = parents.get(id(holder))
        if isinstance(holder, cst.Attribute):
            return holder.attr.value in ("clear", "popitem")
        if isinstance(holder, cst.Arg) and not holder.star:
            return isinstance(call, cst.Call) and not self.source.name_called(call).startswith("builtins.")
        target = holder.targets[0].target if isinstance(holder, cst.Assign) else None
        return isinstance(target, cst.Name)
