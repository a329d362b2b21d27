from __future__ import annotations

import builtins
import sys
from importlib import import_module

import libcst as cst

from ..rule import DESCRIBED, SHOWN, Rule

_STANDARD = frozenset({"base64", "datetime", "hashlib", "ipaddress", "json", "logging", "math", "os", "random", "re",
                       "string", "sys", "textwrap", "time", "typing", "uuid"})  # fmt: skip
"""Modules of the standard library that infrastructure code uses by their own name."""
_TYPING = frozenset({"Any", "Dict", "List", "Optional", "Sequence", "Tuple", "Union", "Mapping"})


class MissingImport(Rule):
    """A name of a described package, of the standard library or of the project that is used and never imported.

    A name is looked for in the providers that the project imports, in any of its files, or declares: in its
    requirements, or in ``terraformProviders`` of ``cdktf.json``. Where it does none of this, and one provider of those
    known here has the name, that is shown: which version the project is for, only its author knows.

    A class or function of the project is imported from the one module that defines it, unless that imports this one.

    Safe: the name is bound nowhere, and one thing has it.

    Before::

        from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones

        def first(zones: DataAwsAvailabilityZones):
            return Fn.element(zones.names, 0)

    After::

        from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
        from cdktf import Fn

        def first(zones: DataAwsAvailabilityZones):
            return Fn.element(zones.names, 0)
    """

    code = "N103"
    name = "missing-import"
    equivalents = ("F821", "E0602", "undefined-variable")
    wakes = (DESCRIBED,)
    first = True

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        names = self.source.names
        if names.star_imports:
            return updated_node
        for name, uses in list(names.uses.items()):
            unbound = [use for use, scope in uses if not scope.find(name) and self._is_read(use)]
            unbound = [use for use in unbound if not self.is_silenced(use)] or unbound
            if not unbound or hasattr(builtins, name) or name.startswith("__"):
                continue
            home = self._home(name, unbound) or self._home_in_project(name)
            if home is None:
                self._show_undeclared(name, unbound[0])
            elif self.found(unbound[0], f"`{name}` is never imported; it is in `{home[0]}`"):
                self.imports.exactly(*home)
        return updated_node

    def _show_undeclared(self, name: str, use: cst.Name) -> None:
        """Say where a name is, where nothing says which provider and which version of it the project is for."""
        found = self.schema.locate_undeclared(name)
        if len(found) == 1:
            module = found[0].rpartition(".")[0]
            package = module.partition(".")[0].replace("_", "-")
            message = (
                f"`{name}` is never imported; `{module}` has it, but nothing here says which {package} this is for"
            )
            self.found(use, message, safety=SHOWN)

    def _is_read(self, use: cst.Name) -> bool:
        parent = self.source.names.parents.get(id(use))
        return not isinstance(parent, (cst.AssignTarget, cst.Del, cst.Global, cst.Nonlocal, cst.NameItem))

    def _home_in_project(self, name: str) -> tuple[str, str] | None:
        """The module of the project that alone defines a class or a function of that name, if it can be imported."""
        found = [
            source
            for kind in ("class", "def")
            for source in self.source.holding(f"{kind} {name}")
            if any(binding.kind in ("class", "function") for binding in source.local_binding(name))
        ]
        if len(found) != 1 or found[0] is self.source:
            return None
        module = found[0].path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        back = (found[0].find_module(binding.module) for binding in found[0].names.imports)
        reached = all(map(str.isidentifier, module.split("."))) and self.source.find_module(module) is found[0]
        if not reached or any(each is self.source for each in back):
            return None
        return module, name

    def _home(self, name: str, uses: list[cst.Name]) -> tuple[str, str] | None:
        """Module and attribute of the one thing that is meant; no attribute for a module."""
        if name in _STANDARD and name in sys.stdlib_module_names:
            parents = [self.source.names.parents.get(id(use)) for use in uses]
            read = [each.attr.value for each in parents if isinstance(each, cst.Attribute)]
            return _standard(name, read) if len(read) == len(parents) else None
        if name in _TYPING:
            return "typing", name
        found = list(self.schema.locate(name))
        core = [each for each in found if each.rpartition(".")[0] in (*self.schema.cores, "constructs")]
        constructs = [each for each in found if (described := self.schema.find(each)) and described.is_construct]
        for candidates in (core, found, constructs):
            if len(candidates) == 1:
                module, _, attribute = candidates[0].rpartition(".")
                return module, attribute
        return None


def _standard(name: str, attributes: list[str]) -> tuple[str, str] | None:
    """The standard module of that name, or its one member of the same name, by what is read of it."""
    module = import_module(name)
    if all(hasattr(module, each) for each in attributes):
        return name, ""
    member = getattr(module, name, None)
    return (name, name) if all(hasattr(member, each) for each in attributes) else None
