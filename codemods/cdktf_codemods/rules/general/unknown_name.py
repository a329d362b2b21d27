from __future__ import annotations

import libcst as cst

from ...knowledge.renames import module_renamed
from ...meaning import Binding, dotted, is_tried
from ...schema.naming import snake_case, words
from ..rule import DESCRIBED, SHOWN, Rule
from .suffixed_class import suffixed_name


class UnknownName(Rule):
    """A module or class of a described package that is not where the code looks for it.

    The package's root and the service namespaces of provider 9 and older (``ec2.Vpc``) hold no classes; a class may be
    looked for in another's module, in another spelling (``DBInstance``), under the name that the resource has elsewhere
    (``eventbridge_rule`` is ``cloudwatch_event_rule``), or in the wrong package. Where the schema has one class that is
    meant, it is imported from where it is. An import of a name that does not exist and that nothing uses goes.

    Safe: the import fails. Shown with the nearest names where no one class is meant.

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
        if (target := self._located(binding.module, name)) is not None:
            module, _, short = target.rpartition(".")
            if self.found(binding.node, f"`{name}` is in `{module}`" + (f", as `{short}`" if short != name else "")):
                self.imports.redirect(binding, module, short)
        elif (moved := self._module(full)) is not None:
            if self.found(binding.node, f"`{full}` is `{moved}`"):
                parent, _, short = moved.rpartition(".")
                self.imports.redirect(binding, parent, short)
        elif not uses:
            if self.found(binding.node, f"`{name}` does not exist in `{binding.module}`, and nothing uses it"):
                self.imports.drop(binding)
        elif members is None or any(self._located(full, member) is None for member in members):
            if not self._will_go(binding):
                near = self.schema.near(binding.module, name)
                hint = f"; near: {', '.join(f'`{each}`' for each in near)}" if near else ""
                self.found(binding.node, f"`{name}` does not exist in `{binding.module}`{hint}", safety=SHOWN)

    def _exists(self, full: str) -> bool:
        return self.schema.find(full) is not None or self.schema.module(full) is not None

    def _uses(self, binding: Binding) -> list[cst.Name]:
        every = list(self.source.names.uses_of(binding))
        return every or ([cst.Name(binding.name)] if self.source.is_imported(binding.name) else [])

    def _members(self, binding: Binding) -> list[str] | None:
        """What is asked of the name where it is used as a namespace only: ``ec2.Vpc``; else None."""
        found = []
        for use in self._uses(binding):
            parent = self.source.names.parents.get(id(use))
            if not isinstance(parent, cst.Attribute) or parent.value is not use:
                return None
            found.append(parent.attr.value)
        return found

    def _will_go(self, binding: Binding) -> bool:
        """Whether every use is a call that stands where another class, or a dict, is wanted: that rule repairs it."""
        for use in self._uses(binding):
            if self.source.wanted_at_call_of(use) is None:
                return False
        return True

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.BaseExpression:
        """A class reached through something that has none of this name."""
        owner = self.source.reference(original_node.value)
        if owner is None or owner.source is not None or not self.schema.covers(owner.name):
            return updated_node
        name = original_node.attr.value
        full = f"{owner.name}.{name}"
        if self._exists(full) or self.schema.find(owner.name) is not None or not name[:1].isupper():
            return updated_node
        if suffixed_name(self.schema, owner.name, name):
            return updated_node
        if self.schema.module(owner.name) is None and self._module(owner.name) is not None:
            # The module's own name settles first.
            return updated_node
        target = self._located(owner.name, name)
        if target is None:
            if self.schema.module(owner.name) is not None and self.source.wanted_at_call_of(original_node) is None:
                self.found(original_node, f"`{name}` does not exist in `{owner.name}`", safety=SHOWN)
            return updated_node
        module, _, short = target.rpartition(".")
        if self.found(original_node, f"`{name}` is in `{module}`" + (f", as `{short}`" if short != name else "")):
            return self.imports.instead(original_node, module, short)
        return updated_node

    def _located(self, module: str, name: str) -> str | None:
        """The full name of the one class that is meant by *name*, as looked for in *module*."""
        if not name[:1].isupper():
            return None
        package = self.schema.package_of(module)
        here = [f"{module}.{each}" for each in self.schema.module(module) or () if each.lower() == name.lower()]
        if len(here) == 1:
            return here[0]
        found = self.schema.spelled(name.lower()) or self.schema.spelled(name.lower().removeprefix("aws"))
        inside = [each for each in found if each.startswith(f"{package}.")] or found
        constructs = [each for each in inside if (described := self.schema.find(each)) and described.is_construct]
        for candidates in (inside, constructs, [each for each in inside if _home(each) == snake_case(name)]):
            if len(candidates) == 1:
                return candidates[0]
        renamed = module_renamed(self.schema.provider_of(module), snake_case(name))
        if renamed is not None and (inner := self.schema.module(f"{package}.{renamed}")):
            return next((each.name for each in inner.values() if each.is_construct), None)
        return None

    def _module(self, full: str) -> str | None:
        """The module that is meant by the full name of one that does not exist."""
        parent, _, name = full.rpartition(".")
        if not name.islower() or self.schema.module(parent) is None:
            return None
        renamed = module_renamed(self.schema.provider_of(parent), name)
        if renamed is not None and self.schema.module(f"{parent}.{renamed}") is not None:
            return f"{parent}.{renamed}"
        plain = words(name)
        found = [each for each in self.schema.submodules(parent) if words(each.rpartition(".")[2]) == plain]
        return found[0] if len(found) == 1 else None


def _home(full: str) -> str:
    return full.split(".")[-2]
