"""Look-ups: what the provider version at hand has, by the full Python name (``cdktf_cdktf_provider_aws.eip.Eip``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .store import Snapshot, snapshots, version_key
from .types import TypeRef, parse_type

CONSTRUCT = "constructs.Construct"
_OWN_CONSTRUCTS = frozenset({"resource", "data source", "provider"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a callable, or one field of a struct."""

    name: str
    type: TypeRef
    optional: bool = False
    keyword: bool = False
    variadic: bool = False


@dataclass(frozen=True)
class Signature:
    """How something is called, and what it gives (None where nothing)."""

    parameters: dict[str, Parameter]
    result: TypeRef | None

    @cached_property
    def positional(self) -> list[Parameter]:
        return [parameter for parameter in self.parameters.values() if not parameter.keyword]


class ApiClass:
    """A class, struct, interface or enum of a package, its inherited members included.

    ``kind`` is ``resource``, ``data source``, ``provider``, ``struct``, ``class``, ``interface`` or ``enum``.
    """

    def __init__(self, schema: Schema, module: str, short_name: str, record: dict[str, Any]) -> None:
        self.schema = schema
        self.module = module
        self.short_name = short_name
        self.name = f"{module}.{short_name}"
        self.submodule = module.rpartition(".")[2]
        self.kind: str = record["k"]
        self._record = record

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}>"

    @cached_property
    def provider(self) -> str:
        """The short name of the provider that it is of, ``aws``; empty for what is of none."""
        return self.schema.provider_of(self.module)

    @cached_property
    def bases(self) -> list[str]:
        """Full names of the direct bases."""
        return [self._full(base) for base in self._record.get("b", [])]

    @cached_property
    def is_construct(self) -> bool:
        """Whether its first two arguments are a scope and a construct id."""
        return self.kind in _OWN_CONSTRUCTS or self.schema.inherits(self.name, CONSTRUCT)

    @cached_property
    def signature(self) -> Signature:
        """Of the constructor; the fields of a struct are its keyword parameters."""
        if self.kind == "struct":
            return Signature(self._fields(), None)
        if "p" not in self._record:
            for base in filter(None, map(self.schema.find, self.bases)):
                if base.kind != "interface":
                    return base.signature
        return self._signature(self._record.get("p", {}), self._record.get("c"), None)

    @cached_property
    def arguments(self) -> dict[str, Parameter]:
        """The keyword parameters of the constructor: a construct's configuration, a struct's fields."""
        return {name: each for name, each in self.signature.parameters.items() if each.keyword}

    @cached_property
    def required(self) -> list[str]:
        """The arguments that a call must give."""
        return [name for name, parameter in self.arguments.items() if not parameter.optional]

    @cached_property
    def attributes(self) -> dict[str, TypeRef]:
        """What can be read of an instance, own before inherited. A struct's fields can be read too."""
        if self.kind == "struct":
            return {name: parameter.type for name, parameter in self.arguments.items()}
        own = {name: parse_type(text, self.module) for name, text in self._record.get("a", {}).items()}
        return {**self._inherited("attributes"), **own}

    @cached_property
    def methods(self) -> dict[str, Signature]:
        """Methods, static ones included, own before inherited."""
        own = {**self._record.get("m", {}), **self._record.get("s", {})}
        return {**self._inherited("methods"), **{name: self._signature(*row) for name, row in own.items()}}

    @cached_property
    def members(self) -> list[str]:
        """The members of an enum."""
        return list(self._record.get("e", []))

    def _inherited(self, what: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for base in reversed(self.bases):
            if described := self.schema.find(base):
                found.update(getattr(described, what))
        return found

    def _fields(self) -> dict[str, Parameter]:
        fields: dict[str, Parameter] = {}
        for name, text in self._record.get("p", {}).items():
            fields[name] = self._parameter(name, text, keyword=True)
        for base in self.bases:
            if described := self.schema.find(base):
                for name, parameter in described.arguments.items():
                    fields.setdefault(name, parameter)
        return fields

    def _signature(self, positional: dict[str, str], struct: str | None, result: str | None) -> Signature:
        parameters = {name: self._parameter(name, text) for name, text in positional.items()}
        if struct and (described := self.schema.find(self._full(struct))):
            parameters.update(described.arguments)
        return Signature(parameters, parse_type(result, self.module) if result else None)

    def _parameter(self, name: str, text: str, keyword: bool = False) -> Parameter:
        reference = parse_type(text.lstrip("?*"), self.module)
        return Parameter(name, reference, text[0] == "?", keyword, text[0] == "*")

    def _full(self, name: str) -> str:
        return self.module + name if name.startswith(".") else name


class Schema:
    """The snapshots in force for one project, by what its code calls the packages.

    ``lacking`` are the packages that the project uses or declares and that no snapshot here is for, by what its code
    calls them.
    """

    def __init__(self, snapshots: Iterable[Snapshot], lacking: Iterable[str] = ()) -> None:
        self.lacking = frozenset(lacking)
        self.snapshots = {snapshot.name: snapshot for snapshot in snapshots}
        self._nested = [name for name in self.snapshots if "." in name]
        self._modules: dict[str, dict[str, ApiClass] | None] = {}
        self._found: dict[str, ApiClass | None] = {}
        self._later: dict[str, list[tuple[str, Schema]]] = {}
        self._beside: dict[str, Schema] = {}
        self._letters: dict[tuple[str, Callable[[str], str]], dict[str, list[str]]] = {}

    def package_of(self, name: str) -> str:
        """The described package that *name* is or lies in, ``""`` where there is none."""
        head = name.partition(".")[0]
        if head in self.snapshots:
            return head
        return next((each for each in self._nested if name == each or name.startswith(f"{each}.")), "")

    def provider_of(self, name: str) -> str:
        """The short name, ``aws``, of the provider that *name* is or lies in; empty for what is of none."""
        snapshot = self.snapshots.get(self.package_of(name))
        return snapshot.provider.rpartition("/")[2] if snapshot is not None else ""

    def covers(self, name: str) -> bool:
        """Whether *name* is, or lies in, a package that a snapshot describes."""
        return self.package_of(name) != ""

    def may_be_class(self, name: str) -> bool:
        """Whether *name* is, or looks like, a class of a described package; a member of a class is none."""
        owner, _, last = name.rpartition(".")
        return self.covers(owner) and last[:1].isupper() and self.find(owner) is None

    def leads_to(self, name: str) -> bool:
        """Whether a described package lies in the package *name*, as ``imports.aws`` does in ``imports``."""
        return any(each.startswith(f"{name}.") for each in self._nested)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """What a text that has to do with a described package holds at least one of."""
        heads = {name.rpartition(".")[0] or name.partition("_")[0] for name in self.snapshots}
        return tuple(sorted(heads))

    @cached_property
    def cores(self) -> tuple[str, ...]:
        """The core packages in force, the one that new code should use first."""
        return tuple(name for name, snapshot in self.snapshots.items() if snapshot.is_core) or ("cdktf",)

    def core_name(self, member: str) -> str:
        """The full name of a member of the core package: ``Fn`` → ``cdktf.Fn``, or ``cdktn.Fn``."""
        return f"{self.cores[0]}.{member}"

    def core_member(self, name: str) -> str:
        """What a full name is within a core package: ``cdktn.Fn.join`` → ``Fn.join``; ``""`` for any other."""
        head, _, member = name.partition(".")
        return member if head in self.cores else ""

    def module(self, name: str) -> dict[str, ApiClass] | None:
        """The classes of a module by their short name, or None where there is no such module."""
        if name not in self._modules:
            snapshot = self.snapshots.get(self.package_of(name))
            record = snapshot.record(name) if snapshot else None
            classes = {short: ApiClass(self, name, short, row) for short, row in (record or {}).items()}
            self._modules[name] = None if record is None else classes
        return self._modules[name]

    def find(self, name: str) -> ApiClass | None:
        """The class with this full name, or None."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> ApiClass | None:
        module, _, short = name.rpartition(".")
        if not self.covers(module):
            return None
        if found := (self.module(module) or {}).get(short):
            return found
        outer, _, nested = module.rpartition(".")
        return (self.module(outer) or {}).get(f"{nested}.{short}") if outer else None

    def later_version_with(self, owner: ApiClass, argument: str) -> str | None:
        """The first later version known here in which *owner* has an argument that it lacks in this one."""
        if argument in owner.arguments:
            return None
        for version, schema in self._later_versions(self.package_of(owner.module)):
            found = schema.find(owner.name)
            if found is not None and argument in found.arguments:
                return version
        return None

    def _later_versions(self, name: str) -> list[tuple[str, Schema]]:
        """The later versions of a package that are known here, the nearest first; opened once."""
        if name not in self._later:
            here = self.snapshots[name]
            key = version_key(here.version)
            later = [each for each in snapshots() if each.package == here.package and version_key(each.version) > key]
            self._later[name] = [
                (each.version, self._with(name, each))
                for each in sorted(later, key=lambda each: version_key(each.version))
            ]
        return self._later[name]

    def _with(self, name: str, other: Snapshot) -> Schema:
        """This schema with another version of one of its packages."""
        here = self.snapshots[name]
        other = other.as_name(here.mounted, here.framework) if here.mounted else other
        return Schema({**self.snapshots, name: other}.values())

    def beside(self, name: str) -> tuple[str, Schema] | None:
        """The other version that the declared one is between, where the package of *name* has no snapshot of it."""
        package = self.package_of(name)
        other = self.snapshots[package].beside if package else None
        if other is None:
            return None
        if package not in self._beside:
            self._beside[package] = self._with(package, other)
        return other.version, self._beside[package]

    def disputed(self, name: str, member: str = "") -> str:
        """The other version that the declared one is between, if it disagrees with this one; else ``""``.

        On whether there is a class or module *name*; of a class, on the type of an argument or attribute *member*.
        """
        found = self.beside(name)
        if found is None:
            return ""
        version, other = found
        if not member:
            here, there = (each.find(name) is not None or each.module(name) is not None for each in (self, other))
            return version if here != there else ""
        mine, theirs = self.find(name), other.find(name)
        if mine is None or theirs is None:
            return version if mine is not theirs else ""
        return "" if _types(mine, member) == _types(theirs, member) else version

    def is_member(self, name: str) -> bool:
        """Whether a full name is a module, or a member of a class, such as ``cdktf.Fn.join``."""
        if self.module(name) is not None:
            return True
        owner, _, member = name.rpartition(".")
        described = self.find(owner) if owner else None
        return described is not None and (
            member in described.methods or member in described.attributes or member in described.members
        )

    def inherits(self, name: str, base: str) -> bool:
        """Whether the class *name* is *base* or derives from it."""
        if name == base:
            return True
        described = self.find(name)
        return described is not None and any(self.inherits(parent, base) for parent in described.bases)

    def inherits_core(self, name: str, member: str) -> bool:
        """Whether the class *name* is the core package's *member* or derives from it."""
        return any(self.inherits(name, f"{core}.{member}") for core in self.cores)

    def submodules(self, parent: str) -> Iterator[str]:
        """Full names of the modules of a package."""
        snapshot = self.snapshots.get(parent)
        yield from (each for each in (snapshot.index if snapshot else ()) if each != parent)

    def by_letters(self, package: str, key: Callable[[str], str]) -> dict[str, list[str]]:
        """Full names of the modules of a package by what *key* makes of their last name; made once."""
        if (package, key) not in self._letters:
            found: dict[str, list[str]] = {}
            for module in self.submodules(package):
                found.setdefault(key(module.rpartition(".")[2]), []).append(module)
            self._letters[package, key] = found
        return self._letters[package, key]

    def spelled(self, letters: str) -> list[str]:
        """Full names of the classes whose short name is *letters*, in lower case."""
        found = []
        for snapshot in self.snapshots.values():
            for name in snapshot.spellings.get(letters, ()):
                found += [f"{module}.{name}" for module in snapshot.homes[name]]
        return found

    def near(self, module: str, name: str, count: int = 3) -> list[str]:
        """Classes of *module*, or of its whole package where there is no such module, that are spelled like *name*."""
        from difflib import get_close_matches

        classes = self.module(module)
        snapshot = self.snapshots.get(self.package_of(module))
        every = classes or (snapshot.homes if snapshot else ())
        # All the names of a provider are too many to compare in full.
        alike = [each for each in every if each[:2] == name[:2] or each[-5:] == name[-5:]]
        return get_close_matches(name, alike, count, 0.7)

    def locate_undeclared(self, short_name: str) -> list[str]:
        """The same in the newest snapshots of the providers known here, for a project that does not say which it uses.

        Nothing for a project that uses or declares one.
        """
        used = self.lacking or any(snapshot.about["terraform"] for snapshot in self.snapshots.values())
        return [] if used else list(self._newest.locate(short_name))

    @cached_property
    def _newest(self) -> Schema:
        newest: dict[str, Snapshot] = {}
        for snapshot in snapshots():
            if snapshot.about["terraform"] and snapshot.core == self.cores[0]:
                before = newest.setdefault(snapshot.package, snapshot)
                newest[snapshot.package] = max(before, snapshot, key=lambda each: version_key(each.version))
        return Schema(newest.values())

    def locate(self, short_name: str) -> Iterator[str]:
        """Full names of all classes with this short name, in any module of any package that the project uses."""
        for snapshot in self.snapshots.values():
            for module in snapshot.homes.get(short_name, ()):
                yield f"{module}.{short_name}"


def _types(owner: ApiClass, member: str) -> tuple[TypeRef | None, TypeRef | None]:
    """The types of an argument and of an attribute, None for none."""
    argument = owner.arguments.get(member)
    return argument.type if argument is not None else None, owner.attributes.get(member)
