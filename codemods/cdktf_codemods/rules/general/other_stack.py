from __future__ import annotations

import libcst as cst

from ...meaning import Binding, Reference, Source, is_tried
from ...meaning.tried import is_meant_to_fail
from ...schema.schema import CONSTRUCT
from ..rule import DESCRIBED, SHOWN, Rule

_PASSED_BY = ("self", "cls")


class OtherStack(Rule):
    """A stack imported under a name that its module does not define.

    A test that was written for ``TapStack`` stays behind when the stack is called otherwise. Where the module defines
    one class that is a stack (or, having none, one construct), the import and the uses become that class. Keywords that
    its ``__init__`` does not take are reported, for nobody but the author knows what they become.

    Safe: the import fails as it is, and there is one class that it can mean.

    Before::

        # lib/tap_stack.py
        from cdktf import TerraformStack

        class TradingPlatformStack(TerraformStack):
            pass

        # tests/test_stack.py
        from lib.tap_stack import TapStack

        stack = TapStack(None, "test")

    After::

        # lib/tap_stack.py
        from cdktf import TerraformStack

        class TradingPlatformStack(TerraformStack):
            pass

        # tests/test_stack.py
        from lib.tap_stack import TradingPlatformStack

        stack = TradingPlatformStack(None, "test")
    """

    code = "N104"
    name = "other-stack"
    catalogue = ("N6",)
    wakes = ("Stack", "Construct", DESCRIBED)
    first = True

    def leave_ImportFrom(self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom) -> cst.ImportFrom:
        for binding in self.source.names.bound_by(original_node):
            target = self.source.find_module(binding.module)
            if target is None or not binding.attribute or not binding.attribute[0].isupper():
                continue
            if (
                target.names.star_imports
                or target.exported(binding.attribute)
                or target.local_binding(binding.attribute)
            ):
                continue
            if not is_tried(self.source, original_node) and not _makes_names(target):
                self._missing(binding, target, original_node)
        return updated_node

    def _missing(self, binding: Binding, target: Source, statement: cst.ImportFrom) -> None:
        stacks = list(_classes(target, self.schema.core_name("TerraformStack"))) or list(_classes(target, CONSTRUCT))
        message = f"`{target.path}` defines no `{binding.attribute}`"
        if len(stacks) != 1:
            named = ", ".join(f"`{name}`" for name in stacks)
            if named:
                self.found(binding.node, f"{message}; which of {named} is meant?", safety=SHOWN)
            return
        if self.found(binding.node, f"{message}; its class is `{stacks[0]}`"):
            self.imports.redirect(binding, binding.module, stacks[0])
            self._rename_in_patches(binding, stacks[0])

    def _rename_in_patches(self, binding: Binding, name: str) -> None:
        """Texts that name the class for ``unittest.mock.patch``."""
        for text in self.source.names.strings:
            old = f"{binding.module}.{binding.attribute}"
            if text.raw_value == old or text.raw_value.startswith(f"{old}."):
                new = text.raw_value.replace(old, f"{binding.module}.{name}", 1)
                self.edit(text, cst.SimpleString(f"{text.prefix}{text.quote}{new}{text.quote}"))

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        """Keywords that the project's own stack or construct does not take."""
        keywords = [arg.keyword for arg in original_node.args if arg.keyword is not None]
        called = self.source.reference(original_node.func) if keywords else None
        made = called if called is not None and isinstance(called.node, cst.ClassDef) else None
        if made is None or not made.inherits(self.schema, CONSTRUCT) or is_meant_to_fail(self.source, original_node):
            return updated_node
        function = self.source.callee(original_node)
        if function is None or not isinstance(function.node, cst.FunctionDef):
            return updated_node
        params = function.node.params
        if params.star_kwarg is not None:
            return updated_node
        taken = [each.name.value for each in (*params.params, *params.kwonly_params)]
        for keyword in keywords:
            if keyword.value not in taken:
                names = ", ".join(f"`{name}`" for name in taken if name not in _PASSED_BY)
                message = f"`{_short(made)}` takes no `{keyword.value}`; it takes {names}"
                self.found(keyword, message, safety=SHOWN)
        return updated_node


def _makes_names(source: Source) -> bool:
    """Whether a module has names that no statement of it binds."""
    return bool(source.local_binding("__getattr__")) or any(
        source.name_called(call) == "builtins.globals" for call in source.names.calls
    )


def _classes(source: Source, base: str) -> list[str]:
    """The names of the classes of a file that derive from a class of a package."""
    return [
        name
        for name, bound in source.names.module_scope.bindings.items()
        if bound[0].kind == "class" and Reference(name, source, bound[0].node).inherits(source.schema, base)
    ]


def _short(made: Reference) -> str:
    return made.node.name.value if isinstance(made.node, cst.ClassDef) else made.name
