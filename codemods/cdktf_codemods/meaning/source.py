"""One file: what its names refer to, and what the project's classes and functions are to it."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ..schema import ApiClass
from ..schema.types import ListOf, Named, TypeRef
from ..syntax.scopes import Binding
from .base import Reference, Source
from .expected import wanted_at
from .misnamed import class_meant, is_called_as_construct
from .occurrences import reads_by_text
from .origins import argument_for, decorators, is_bound, is_read, trace
from .types import UNKNOWN, ProjectObject, infer, is_token

_UNKNOWN: TypeRef = UNKNOWN
_PLAIN = ("builtins.staticmethod", "builtins.classmethod")
"""Decorators that leave a function what it is."""
_STATIC = frozenset(("builtins.staticmethod", "abc.abstractstaticmethod"))


class File(Source):
    """One parsed file of a project."""

    # What a name refers to

    def reference(self, node: cst.CSTNode | None) -> Reference | None:
        """What a name, an attribute or a quoted annotation refers to, or None where that is unknown."""
        if node is None:
            return None
        return self.remembered("reference", node, None, lambda: self._refer(node))

    def _refer(self, node: cst.CSTNode) -> Reference | None:
        if isinstance(node, cst.Name):
            found = self.names.scope_of(node).find(node.value)
            if not found:
                return self._from_star(node.value) or Reference(f"builtins.{node.value}")
            return self._agreed(found)
        if isinstance(node, cst.Attribute):
            base = self.reference(node.value)
            return self._member(base, node.attr.value) if base else None
        return None

    def _agreed(self, bindings: list[Binding]) -> Reference | None:
        """The one thing that all of them refer to; of imports tried in turn, the one that the schema has."""
        every = [self._bound(binding) for binding in bindings]
        references = [each for each in every if each is not None]
        if len(references) < len(every):
            return None
        if all(each.name == references[0].name for each in references):
            return references[0]
        if any(binding.kind != "import" for binding in bindings):
            return None
        return next((each for each in references if self.schema.find(each.name) is not None), None)

    def _bound(self, binding: Binding) -> Reference | None:
        if binding.kind == "import":
            return self.imported(binding.module, binding.attribute)
        if binding.kind in ("class", "function"):
            return Reference(f"{self.path}:{binding.name}", self, binding.node)
        if binding.kind == "assign" and isinstance(binding.value, (cst.Name, cst.Attribute)):
            return self.reference(binding.value)
        return None

    def imported(self, module: str, attribute: str | None) -> Reference | None:
        """What ``from module import attribute`` (or ``import module``) gives."""
        full = f"{module}.{attribute}" if attribute else module
        if not module.startswith(".") and (self.schema.covers(full) or self.schema.leads_to(full)):
            return Reference(full)
        target = self.find_module(module)
        if attribute is None:
            return Reference(target.path if target else module, target, target.module if target else None)
        if target is not None and (found := target.exported(attribute)):
            return found
        joiner = "" if module.endswith(".") else "."
        submodule = self.find_module(f"{module}{joiner}{attribute}")
        if submodule is not None:
            return Reference(submodule.path, submodule, submodule.module)
        if target is not None:
            return None
        return Reference(f"{module}.{attribute}")

    def exported(self, name: str) -> Reference | None:
        """What the name refers to at this module's top level, as an importer of it sees it."""
        found = self.names.module_scope.bindings.get(name)
        if not found:
            return self._from_star(name)
        return self.remembered("exported", found[0].node, None, lambda: self._agreed(found))

    def _from_star(self, name: str) -> Reference | None:
        for module, _ in self.names.star_imports:
            if self.schema.covers(module):
                if self.schema.find(f"{module}.{name}"):
                    return Reference(f"{module}.{name}")
            elif (target := self.find_module(module)) and (found := target.exported(name)):
                return found
        return None

    def _member(self, base: Reference, name: str) -> Reference | None:
        if base.source is None:
            return Reference(f"{base.name}.{name}")
        if isinstance(base.node, cst.Module):
            return base.source.exported(name) or self._submodule(base, name)
        return None

    def _submodule(self, base: Reference, name: str) -> Reference | None:
        package = base.name.removesuffix("__init__.py")
        found = self.project.find_module(f"{package}x.py", f".{name}") if base.source else None
        return Reference(found.path, found, found.module) if found else None

    # What a call calls

    def called(self, call: cst.Call) -> ApiClass | None:
        """The construct or struct that the call makes, or None."""
        return self.remembered("called", call, None, lambda: self._made(call))

    def _made(self, call: cst.Call) -> ApiClass | None:
        reference = self.reference(call.func)
        return self.schema.find(reference.name) if reference and reference.source is None else None

    def name_called(self, call: cst.BaseExpression) -> str:
        """The full name of the package's or builtin function or class that a call calls, ``""`` where it is none."""
        reference = self.reference(call.func) if isinstance(call, cst.Call) else None
        return reference.name if reference is not None and reference.source is None else ""

    def parameter_of(self, call: cst.Call, value: cst.BaseExpression) -> tuple[Source, Binding] | None:
        """The parameter of the project's function that a call gives a value to, and the function's file."""
        function = self.callee(call)
        if function is None or function.scope is None or function.source is None:
            return None
        for binding in (each for group in function.scope.bindings.values() for each in group):
            if binding.kind == "parameter" and isinstance(binding.scope.node, cst.FunctionDef):
                bound = is_bound(self, call, function.source, binding.scope.node)
                if argument_for(call, binding, bound) is value:
                    return function.source, binding
        return None

    def parameter_named(self, call: cst.Call, name: str) -> tuple[Source, Binding] | None:
        """The parameter that a keyword of a call of the project's function is for, ``**kwargs`` included."""
        function = self.callee(call)
        if function is None or function.scope is None or function.source is None:
            return None
        assert isinstance(function.node, cst.FunctionDef)
        rest = function.node.params.star_kwarg
        every = [each for group in function.scope.bindings.values() for each in group]
        named = [each for each in every if each.kind == "parameter" and each.name == name]
        found = named or [each for each in every if rest is not None and each.node is rest]
        return (function.source, found[0]) if found else None

    def calls_are_all(self, function: cst.FunctionDef) -> bool:
        """Whether a function of this file is called only where :meth:`calls_of` says."""
        return self.remembered("all calls", function, False, lambda: self._calls_are_all(function))

    def _calls_are_all(self, function: cst.FunctionDef) -> bool:
        plain = [name for name in decorators(self, function) if name in _PLAIN]
        if len(plain) < len(function.decorators):
            return False
        seen = {id(call.func) for _, call in self.calls_of(function)}
        name = function.name.value
        for source in self.mentioning(name):
            named = [use for use, _ in source.names.uses.get(name, ()) if self._may_be(source, use, function)]
            read = [use for use in source.names.attribute_uses.get(name, ()) if self._may_be(source, use, function)]
            if any(id(use) not in seen for use in (*named, *read)):
                return False
        return True

    def _may_be(self, source: Source, use: cst.BaseExpression, function: cst.FunctionDef) -> bool:
        """Whether a name or an attribute is the function, as far as can be told."""
        found = source.function_of(use)
        if found is not None:
            return found.node is function
        return isinstance(use, cst.Attribute) and source.type_of(use.value) == UNKNOWN

    def calls_of(self, function: cst.FunctionDef) -> list[tuple[Source, cst.Call]]:
        """The calls in the project of a function of this file; of a class, for its ``__init__``."""
        nothing: list[tuple[Source, cst.Call]] = []
        return self.remembered("calls", function, nothing, lambda: list(self._find_calls(function)))

    def _find_calls(self, function: cst.FunctionDef) -> Iterator[tuple[Source, cst.Call]]:
        owner = self.names.parents.get(id(self.names.parents.get(id(function))))
        is_init = function.name.value == "__init__" and isinstance(owner, cst.ClassDef)
        word = owner.name.value if is_init and isinstance(owner, cst.ClassDef) else function.name.value
        for source in self.mentioning(word):
            for call in source.names.calls:
                if is_init:
                    made = source.class_of(call) if source.function_of(call.func) is None else None
                    if (made is not None and _initializer(made) is function) or source.super_init(call) is function:
                        yield source, call
                elif _last_name(call.func) == word:
                    found = source.function_of(call.func)
                    if found is not None and found.node is function:
                        yield source, call

    def member_reads(self, owner: cst.ClassDef, name: str) -> tuple[list[tuple[Source, cst.Attribute]], bool]:
        """Where the project reads an attribute of a class of this file; False where other reads may be among them."""
        found: list[tuple[Source, cst.Attribute]] = []
        complete = True
        for source in self.mentioning(name):
            for use in source.names.attribute_uses.get(name, ()):
                if not is_read(source, use):
                    continue
                holder = source.type_of(use.value)
                if isinstance(holder, ProjectObject):
                    classes = [holder.reference, *holder.reference.ancestors()]
                    if any(each.node is owner for each in classes):
                        found.append((source, use))
                elif holder == UNKNOWN and source.reference(use.value) is None:
                    complete = False
            complete &= not any(reads_by_text(source, text) for text in source.names.strings if text.raw_value == name)
        return found, complete

    def super_init(self, call: cst.Call) -> cst.FunctionDef | None:
        """The project's ``__init__`` that ``super().__init__(…)`` or ``Base.__init__(self, …)`` calls."""
        for base in self.initialized(call):
            if (found := _initializer(base)) is not None:
                return found
        return None

    def initialized(self, call: cst.Call) -> list[Reference]:
        """The classes, of the project or not, whose ``__init__`` such a call may run."""
        func = call.func
        if not isinstance(func, cst.Attribute) or func.attr.value != "__init__":
            return []
        return self.bases_meant(func.value)

    def bases_meant(self, node: cst.BaseExpression) -> list[Reference]:
        """The classes that ``super()`` stands for, in order; of a name, the class itself."""
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value == "super":
            owner = self.names.scope_of(node).enclosing_class
            return list(Reference("", self, owner.node).bases()) if owner else []
        reference = self.reference(node)
        return [reference] if reference else []

    def is_method(self, function: cst.FunctionDef) -> bool:
        """Whether calls of the function leave out its first parameter."""
        scope = self.names.scopes.get(id(function))
        inside = scope is not None and scope.parent is not None and scope.parent.kind == "class"
        return inside and _STATIC.isdisjoint(decorators(self, function))

    def is_imported(self, name: str) -> bool:
        """Whether another file of the project imports *name* from this one, or names it in a string to patch it."""
        patched = (name in other.names.text_ends for other in self.mentioning(name) if other is not self)
        return any(patched) or any(True for _ in self.importers(name))

    def used_elsewhere(self, name: str) -> Iterator[tuple[Source, cst.BaseExpression | None]]:
        """Where other files use a name of this one; None for a use that cannot be seen."""
        for other in self.mentioning(name):
            if other is self:
                continue
            if name in other.names.text_ends:
                yield other, None
            for use in other.names.attribute_uses.get(name, ()):
                owner = other.reference(use.value)
                if owner is not None and owner.node is self.module:
                    yield other, use
            starred = (other.find_module(module) for module, _ in other.names.star_imports)
            if any(each is self for each in starred):
                yield from ((other, use) for use, scope in other.names.uses.get(name, ()) if not scope.find(name))
        for other, binding in self.importers(name):
            yield from ((other, use) for use in other.names.uses_of(binding))
            if binding.scope is other.names.module_scope and other is not self:
                yield from other.used_elsewhere(binding.name)

    def importers(self, name: str) -> Iterator[tuple[Source, Binding]]:
        """The other files of the project that import *name* from this one, and what binds it there."""
        for other in self.mentioning(name):
            for binding in other.names.imports if other is not self else ():
                if binding.attribute == name:
                    target = other.find_module(binding.module)
                    if target is not None and target.path == self.path:
                        yield other, binding

    # Objects of the project's own classes

    def class_of(self, node: cst.BaseExpression) -> Reference | None:
        """The class of the project that the expression is an instance of, or None."""
        found = self.type_of(node)
        return found.reference if isinstance(found, ProjectObject) else None

    def function_of(self, node: cst.BaseExpression) -> Reference | None:
        """The function or method of the project that an expression names, or None."""
        reference = self.reference(node)
        if reference is not None and isinstance(reference.node, cst.FunctionDef):
            return reference
        if not isinstance(node, cst.Attribute):
            return None
        owner = self.class_of(node.value)
        if owner is None:
            owners = [base for base in self.bases_meant(node.value) if isinstance(base.node, cst.ClassDef)]
        else:
            owners = [owner, *owner.ancestors()]
        for place in owners:
            scope = place.scope
            for binding in scope.bindings.get(node.attr.value, ()) if scope else ():
                if binding.kind == "function":
                    return Reference(node.attr.value, place.source, binding.node)
        return None

    def is_read_from_construct(self, node: cst.BaseExpression) -> bool:
        """Whether a value is an attribute of a construct, so that only Terraform knows it.

        ``instance.subnet_ids_input`` is what Python gave the construct.
        """
        origins, complete = trace(self, node)
        return (
            bool(origins)
            and complete
            and all(
                isinstance(each.node, cst.Attribute)
                and not each.node.attr.value.endswith("_input")
                and is_token(each.source, each.node)
                for each in origins
            )
        )

    def wanted_at(self, node: cst.CSTNode) -> TypeRef | None:
        """What the place wants that a value goes to, or None where that cannot be told."""
        return wanted_at(self, node)

    def is_misplaced(self, call: cst.Call, made: ApiClass) -> bool:
        """Whether a struct stands where another class is wanted, so that its own fields say nothing."""
        if made.kind != "struct":
            return False
        return self.remembered("misplaced", call, False, lambda: self._is_misplaced(call, made))

    def _is_misplaced(self, call: cst.Call, made: ApiClass) -> bool:
        if is_called_as_construct(call) or class_meant(self, call, made) is not None:
            return True
        want = self.wanted_at(call)
        options = list(want.options) if want is not None else []
        options += [inner for option in options if isinstance(option, ListOf) for inner in option.element.options]
        structs = {
            option.name
            for option in options
            if isinstance(option, Named) and (found := self.schema.find(option.name)) and found.kind == "struct"
        }
        return bool(structs) and made.name not in structs

    def wanted_at_call_of(self, func: cst.BaseExpression) -> TypeRef | None:
        """What the place wants of the call of *func*; None where it is not called."""
        call = self.names.parents.get(id(func))
        return self.wanted_at(call) if isinstance(call, cst.Call) and call.func is func else None

    def callee(self, call: cst.Call) -> Reference | None:
        """The function of the project that a call runs; of a class, its ``__init__``."""
        called = self.function_of(call.func)
        made = self.class_of(call) if called is None else None
        if made is None:
            return called
        function = _initializer(made)
        for place in [made, *made.ancestors()]:
            if function is not None and place.source and id(function) in place.source.names.scopes:
                return Reference("__init__", place.source, function)
        return None

    def type_of(self, node: cst.BaseExpression) -> TypeRef:
        """The type of an expression: a type reference, ``UNKNOWN`` where it cannot be told."""
        return self.remembered("type", node, _UNKNOWN, lambda: infer(self, node))


def _initializer(owner: Reference) -> cst.FunctionDef | None:
    """The ``__init__`` that the project's class has or inherits from another class of the project."""
    for place in [owner, *owner.ancestors()]:
        scope = place.scope
        for binding in scope.bindings.get("__init__", ()) if scope else ():
            if isinstance(binding.node, cst.FunctionDef):
                return binding.node
    return None


def _last_name(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""
