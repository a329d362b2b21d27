from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from ...knowledge.renames import class_gone
from ...meaning import Binding, dotted, is_tried
from ...meaning.elsewhere import candidates, class_elsewhere, construct_of, makes_construct, module_elsewhere
from ...schema import ApiClass
from ...schema.types import BOOLEAN, NUMBER, STRING
from ..rule import DESCRIBED, SHOWN, Rule
from .suffixed_class import suffixed_name


class UnknownName(Rule):
    """A module or class of a described package that is not where the code looks for it.

    The package's root and the service namespaces of provider 9 and older (``ec2.Vpc``) hold no classes; a class may be
    looked for in another's module, in another spelling (``DBInstance``, ``ec2.instance``), or in the wrong package.
    What stands in front of it may be its provider (``AzureResourceGroup``, ``RandomPassword``), its service by any name
    (``GcsBucket``, ``eventbridge_schedule``), or nothing where the schema has something (``s3.Bucket``). There may be a
    slip in it, or it is a data source's (``IamPolicyDocument``). Where its words leave several classes, it is the one
    that takes all arguments given. Where the schema has one class that is meant, it is imported from where it is. An
    import of a name that does not exist and that nothing uses goes.

    Safe: the import fails. Shown with all that may be meant where no one class is.

    Before::

        from cdktf_cdktf_provider_aws import S3Bucket, ec2
        ec2.Vpc(self, "vpc", cidr_block="10.0.0.0/16")

    After::

        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
        from cdktf_cdktf_provider_aws.vpc import Vpc
        Vpc(self, "vpc", cidr_block="10.0.0.0/16")
    """

    code = "N102"
    name = "unknown-name"
    catalogue = ("N5",)
    wakes = (DESCRIBED,)
    first = True

    def leave_ImportFrom(self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom) -> cst.ImportFrom:
        for binding in self.source.names.bound_by(original_node):
            self._check(binding, original_node)
        return updated_node

    def leave_Import(self, original_node: cst.Import, updated_node: cst.Import) -> cst.Import:
        """A module that does not exist; what is asked of it is repaired where it is asked."""
        for binding in self.source.names.bound_by(original_node):
            module = dotted(getattr(binding.node, "name", None)) or ""
            missing = self.schema.covers(module) and self.schema.module(module) is None
            if missing and not self._asks(binding, module) and not is_tried(self.source, original_node):
                if self.found(binding.node, f"`{module}` does not exist, and nothing uses it"):
                    self.imports.drop(binding)
        return updated_node

    def _asks(self, binding: Binding, module: str) -> bool:
        """Whether something is asked of an imported module, by its own name or the one it was given."""
        if getattr(binding.node, "asname", None) is not None:
            return bool(self._uses(binding))
        same = self.source.names.attribute_uses.get(module.rpartition(".")[2], ())
        return any(dotted(each) == module for each in same)

    def _check(self, binding: Binding, statement: cst.ImportFrom) -> None:
        name = binding.attribute or ""
        full = f"{binding.module}.{name}"
        if not self.schema.covers(binding.module) or self._exists(full):
            return
        if suffixed_name(self.schema, binding.module, name) or is_tried(self.source, statement):
            return
        uses = self._uses(binding)
        members = self._members(binding)
        if (target := self._located(binding.module, name, uses)) is not None:
            if self.found(binding.node, _where(name, target)):
                self.imports.redirect(binding, target.module, target.short_name)
        elif (moved := self._moved(full, members)) is not None:
            if self.found(binding.node, f"`{full}` is `{moved}`"):
                parent, _, short = moved.rpartition(".")
                self.imports.redirect(binding, parent, short)
        elif not uses:
            if self.found(binding.node, f"`{name}` does not exist in `{binding.module}`, and nothing uses it"):
                self.imports.drop(binding)
        elif members is None or any(self._located(full, each.attr.value, [each]) is None for each in members):
            if not self._will_go(binding):
                hint = self._hint(binding.module, name)
                self.found(binding.node, f"`{name}` does not exist in `{binding.module}`{hint}", safety=SHOWN)

    def _exists(self, full: str) -> bool:
        return self.schema.find(full) is not None or self.schema.module(full) is not None

    def _uses(self, binding: Binding) -> list[cst.Name]:
        every = list(self.source.names.uses_of(binding))
        return every or ([cst.Name(binding.name)] if self.source.is_imported(binding.name) else [])

    def _members(self, binding: Binding) -> list[cst.Attribute] | None:
        """What is asked of the name where it is used as a namespace only: ``ec2.Vpc``; else None."""
        found = []
        for use in self._uses(binding):
            parent = self.source.names.parents.get(id(use))
            if not isinstance(parent, cst.Attribute) or parent.value is not use:
                return None
            found.append(parent)
        return found

    def _moved(self, full: str, members: Sequence[cst.Attribute] | None) -> str | None:
        """The module that one that does not exist is, unless it holds classes of others too, as a service does."""
        moved = module_elsewhere(self.schema, full)
        for each in members or ():
            target = self._located(full, each.attr.value, [each])
            if target is not None and target.module != moved:
                return None
        return moved

    def _will_go(self, binding: Binding) -> bool:
        """Whether every use is a call that stands where another class, or a dict, is wanted: that rule repairs it."""
        for use in self._uses(binding):
            if not self._is_replaced(use):
                return False
        return True

    def _is_replaced(self, func: cst.BaseExpression) -> bool:
        """Whether another rule puts something in the place of a call of *func*: a plain value only of one value."""
        wanted, call = self.source.wanted_at_call_of(func), self._call_of(func)
        if wanted is None or call is None:
            return False
        return len(call.args) == 1 or not all(option in (STRING, NUMBER, BOOLEAN) for option in wanted.options)

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.BaseExpression:
        """A class reached through something that has none of this name."""
        owner = self.source.reference(original_node.value)
        if owner is None or owner.source is not None or not self.schema.covers(owner.name):
            return updated_node
        name = original_node.attr.value
        full = f"{owner.name}.{name}"
        if self._exists(full) or self.schema.find(owner.name) is not None:
            return updated_node
        if not name[:1].isupper() and self._call_of(original_node) is None:
            return updated_node
        if suffixed_name(self.schema, owner.name, name):
            return updated_node
        binding = self._imported_by(original_node.value) if self.schema.module(owner.name) is None else None
        if binding is not None and self._moved(owner.name, self._members(binding)) is not None:
            # The module's own name settles first.
            return updated_node
        target = self._located(owner.name, name, [original_node])
        if target is None:
            if self.schema.module(owner.name) is not None and not self._is_replaced(original_node):
                hint = self._hint(owner.name, name)
                self.found(original_node, f"`{name}` does not exist in `{owner.name}`{hint}", safety=SHOWN)
            return updated_node
        if self.found(original_node, _where(name, target)):
            return self.imports.instead(original_node, target.module, target.short_name)
        return updated_node

    def _imported_by(self, module: cst.BaseExpression) -> Binding | None:
        """The import of a module that ``from … import`` names, which is asked about it."""
        bound = self.source.names.scope_of(module).find(module.value) if isinstance(module, cst.Name) else []
        return next((binding for binding in bound if binding.attribute is not None), None)

    def _hint(self, module: str, name: str) -> str:
        """Why there is no such class any more, else what may be meant."""
        if (gone := class_gone(self.schema.provider_of(module), name)) is not None:
            return f"; {gone}"
        names = [each for each in candidates(self.source, module, name) if each != name]
        return f"; near: {', '.join(f'`{each}`' for each in names)}" if names else ""

    def _located(self, module: str, name: str, uses: Sequence[cst.BaseExpression]) -> ApiClass | None:
        """The one class that is meant by *name*, as looked for in *module* and used there."""
        calls = [call for use in uses if (call := self._call_of(use)) is not None]
        if not name[:1].isupper() and len(calls) < len(uses):
            return None
        return class_elsewhere(self.source, module, name, calls)

    def _call_of(self, func: cst.BaseExpression) -> cst.Call | None:
        call = self.source.names.parents.get(id(func))
        return call if isinstance(call, cst.Call) and call.func is func else None

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        """A module called as if it were its class."""
        func = original_node.func
        named = self.source.reference(func) if isinstance(func, (cst.Name, cst.Attribute)) else None
        if named is None or named.source is not None or not makes_construct(original_node):
            return updated_node
        is_module = named.name.rpartition(".")[2].islower() and self.schema.covers(named.name)
        made = construct_of(self.schema, named.name) if is_module else None
        if made is None or not self.found(func, f"`{named.name}` is a module; its class is `{made.short_name}`"):
            return updated_node
        return updated_node.with_changes(func=self.imports.instead(func, made.module, made.short_name))


def _where(name: str, target: ApiClass) -> str:
    spelled = f", as `{target.short_name}`" if target.short_name != name else ""
    return f"`{name}` is in `{target.module}`{spelled}"
