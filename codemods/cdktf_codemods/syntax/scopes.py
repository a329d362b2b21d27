"""Names: one walk over a module finds every scope, what binds each name in it, and where each name is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeVar

import libcst as cst

from .walk import is_node_class, meaningful_fields

Enclosing = TypeVar("Enclosing", bound=cst.CSTNode)

Kind = Literal["import", "assign", "parameter", "function", "class", "item", "pair", "other"]


@dataclass(slots=True)
class Binding:
    """One place that gives a name a value.

    ``node`` is what binds: the import alias, the parameter, the ``def`` or ``class``, the target. ``value`` is the
    expression that is bound (``assign``), that the value is taken out of (``item``: by a loop, or by unpacking, with
    its position as ``index``), or of whose elements it is one part (``pair``: ``index`` is the position in each).
    ``module`` and ``attribute`` are those of an import.
    """

    kind: Kind
    name: str
    node: cst.CSTNode
    scope: Scope
    value: cst.BaseExpression | None = None
    annotation: cst.BaseExpression | None = None
    index: int | None = None
    module: str = ""
    attribute: str | None = None


@dataclass(slots=True, eq=False)
class Scope:
    """A module, class, function, lambda or comprehension. Functions do not see the names of classes around them."""

    node: cst.CSTNode
    parent: Scope | None
    kind: Literal["module", "class", "function"]
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    declared: dict[str, Scope] = field(default_factory=dict)
    returns: list[cst.BaseExpression | None] = field(default_factory=list)
    yields: bool = False
    attributes: dict[str, list[Binding]] = field(default_factory=dict)
    """Of a class: what its methods assign to ``self``."""

    def find(self, name: str) -> list[Binding]:
        """What may bind *name* as seen from here; empty for a builtin or an unknown name."""
        scope: Scope | None = self
        first = True
        while scope is not None:
            if name in scope.declared:
                scope = scope.declared[name]
            if (first or scope.kind != "class") and name in scope.bindings:
                return scope.bindings[name]
            scope, first = scope.parent, False
        return []

    @property
    def enclosing_class(self) -> Scope | None:
        """The class whose method this function is, or lies in."""
        scope: Scope | None = self
        while scope is not None and scope.kind != "class":
            scope = scope.parent
        return scope


class Names:
    """All scopes and names of one module, and the parent of every node."""

    def __init__(self, module: cst.Module, wanted: frozenset[type[cst.CSTNode]] = frozenset()) -> None:
        """Walk *module*; nodes of the *wanted* classes are listed in ``order``, children before parents."""
        self.parents: dict[int, cst.CSTNode] = {}
        self.scopes: dict[int, Scope] = {}
        self._scope_of_name: dict[int, Scope] = {}
        self.uses: dict[str, list[tuple[cst.Name, Scope]]] = {}
        self.attribute_uses: dict[str, list[cst.Attribute]] = {}
        self.calls: list[cst.Call] = []
        self.strings: list[cst.SimpleString] = []
        self.imports: list[Binding] = []
        self.star_imports: list[tuple[str, cst.ImportFrom]] = []
        self.order: list[cst.CSTNode] = []
        self.module_scope = Scope(module, None, "module")
        self._wanted = wanted
        self._scope = self.module_scope
        self._handlers: dict[type[cst.CSTNode], Callable[..., None]] = {
            cst.FunctionDef: self._function,
            cst.ClassDef: self._class,
            cst.Lambda: self._lambda,
            cst.ListComp: self._comprehension,
            cst.SetComp: self._comprehension,
            cst.GeneratorExp: self._comprehension,
            cst.DictComp: self._comprehension,
            cst.Import: self._import,
            cst.ImportFrom: self._import_from,
            cst.Assign: self._assign,
            cst.AnnAssign: self._annotated,
            cst.AugAssign: self._augmented,
            cst.NamedExpr: self._walrus,
            cst.For: self._for,
            cst.WithItem: self._with,
            cst.ExceptHandler: self._except,
            cst.Global: self._global,
            cst.Nonlocal: self._nonlocal,
            cst.Return: self._return,
            cst.Yield: self._yield,
            cst.Del: self._del,
            cst.Attribute: self._attribute,
            cst.Call: self._call,
            cst.Arg: self._arg,
            cst.Name: self._name,
            cst.SimpleString: self._string,
            cst.MatchAs: self._match,
            cst.MatchStar: self._match,
        }
        self.scopes[id(module)] = self.module_scope
        self._descend(module)
        if cst.Module in wanted:
            self.order.append(module)

    @cached_property
    def preferred_quote(self) -> str:
        """The quote that most string literals of the file have."""
        single = sum(1 for string in self.strings if string.quote == "'")
        double = sum(1 for string in self.strings if string.quote == '"')
        return "'" if single > double else '"'

    def scope_of(self, node: cst.CSTNode) -> Scope:
        """The scope that *node* is evaluated in."""
        if (known := self._scope_of_name.get(id(node))) is not None:
            return known
        child, parent = node, self.parents.get(id(node))
        while parent is not None:
            scope = self.scopes.get(id(parent))
            if scope is not None and not _outside(parent, child):
                return scope
            child, parent = parent, self.parents.get(id(parent))
        return self.module_scope

    def bound_by(self, statement: cst.Import | cst.ImportFrom) -> list[Binding]:
        """What an import statement binds; nothing for a star."""
        aliases = () if isinstance(statement.names, cst.ImportStar) else statement.names
        return [binding for binding in self.imports if any(alias is binding.node for alias in aliases)]

    def uses_of(self, binding: Binding) -> Iterator[cst.Name]:
        """Where the file uses the name that this binds, as far as this may be what binds it there."""
        for use, scope in self.uses.get(binding.name, ()):
            if any(each is binding for each in scope.find(binding.name)):
                yield use

    def enclosing(self, node: cst.CSTNode, kind: type[Enclosing]) -> Enclosing | None:
        """The innermost node of a class around another, or None."""
        return next((each for each in self.ancestors(node) if isinstance(each, kind)), None)

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The node's parent, its parent, and so on to the module."""
        parent = self.parents.get(id(node))
        while parent is not None:
            yield parent
            parent = self.parents.get(id(parent))

    def _visit(self, node: cst.CSTNode, parent: cst.CSTNode) -> None:
        self.parents[id(node)] = parent
        kind = type(node)
        handler = self._handlers.get(kind)
        if handler is not None:
            handler(node)
        else:
            self._descend(node)
        if kind in self._wanted:
            self.order.append(node)

    def _descend(self, node: cst.CSTNode) -> None:
        for name in meaningful_fields(type(node)):
            value = getattr(node, name)
            if value is None:
                continue
            if is_node_class[type(value)]:
                self._visit(value, node)
            elif isinstance(value, (list, tuple)):
                for item in value:
                    self._visit(item, node)

    def _bind(self, binding: Binding) -> None:
        scope = binding.scope.declared.get(binding.name, binding.scope)
        scope.bindings.setdefault(binding.name, []).append(binding)

    def _target(self, target: cst.CSTNode, value: cst.BaseExpression | None, kind: Kind, index: int | None = None,
                annotation: cst.BaseExpression | None = None) -> None:  # fmt: skip
        """Bind what an assignment target names."""
        if isinstance(target, cst.Name):
            self._bind(Binding(kind, target.value, target, self._scope, value, annotation, index))
        elif isinstance(target, cst.Attribute):
            owner = self._class_of_self(target.value)
            if owner is not None:
                name = target.attr.value
                bound = Binding(kind, name, target, self._scope, value, annotation, index)
                owner.attributes.setdefault(name, []).append(bound)
        elif isinstance(target, (cst.Tuple, cst.List)):
            for position, element in enumerate(target.elements):
                self._unpack(element.value, value, kind, position)
        elif isinstance(target, cst.StarredElement):
            self._target(target.value, None, "other")

    def _unpack(self, target: cst.BaseExpression, value: cst.BaseExpression | None, kind: Kind, position: int) -> None:
        if kind == "assign" and isinstance(value, (cst.Tuple, cst.List)) and position < len(value.elements):
            self._target(target, value.elements[position].value, "assign")
        elif kind == "assign":
            self._target(target, value, "item", position)
        elif kind == "item" and isinstance(target, cst.Name):
            self._target(target, value, "pair", position)
        else:
            self._target(target, None, "other")

    def _class_of_self(self, value: cst.BaseExpression) -> Scope | None:
        if not isinstance(value, cst.Name):
            return None
        found = self._scope.find(value.value)
        if len(found) == 1 and found[0].kind == "parameter" and found[0].index == 0:
            method = found[0].scope
            if method.parent is not None and method.parent.kind == "class":
                return method.parent
        return None

    def _function(self, node: cst.FunctionDef) -> None:
        self._bind(Binding("function", node.name.value, node, self._scope))
        self.parents[id(node.name)] = node
        for decorator in node.decorators:
            self._visit(decorator, node)
        if node.returns is not None:
            self._visit(node.returns, node)
        self._parameters_and_body(node, node.params, node.body)

    def _lambda(self, node: cst.Lambda) -> None:
        self._parameters_and_body(node, node.params, node.body)

    def _parameters_and_body(self, node: cst.CSTNode, params: cst.Parameters, body: cst.CSTNode) -> None:
        outer = self._scope
        inner = Scope(node, outer, "function")
        self.parents[id(params)] = node
        rest = [each for each in (params.star_arg, params.star_kwarg) if isinstance(each, cst.Param)]
        every = [*params.posonly_params, *params.params, *params.kwonly_params, *rest]
        for index, parameter in enumerate(every):
            self.parents[id(parameter)] = params
            self.parents[id(parameter.name)] = parameter
            annotation = parameter.annotation.annotation if parameter.annotation else None
            if annotation is not None and parameter.annotation is not None:
                self._visit(parameter.annotation, parameter)
            if parameter.default is not None:
                self._visit(parameter.default, parameter)
            kind: Kind = "other" if parameter in rest else "parameter"
            bound = Binding(kind, parameter.name.value, parameter, inner, parameter.default, annotation, index)
            inner.bindings.setdefault(bound.name, []).append(bound)
        self.scopes[id(node)] = inner
        self._scope = inner
        self._visit(body, node)
        self._scope = outer

    def _class(self, node: cst.ClassDef) -> None:
        self._bind(Binding("class", node.name.value, node, self._scope))
        self.parents[id(node.name)] = node
        for part in (*node.decorators, *node.bases, *node.keywords):
            self._visit(part, node)
        outer = self._scope
        self._scope = self.scopes[id(node)] = Scope(node, outer, "class")
        self._visit(node.body, node)
        self._scope = outer

    def _comprehension(self, node: cst.BaseComp) -> None:
        outer = self._scope
        loop: cst.CompFor | None = node.for_in
        assert loop is not None
        self.parents[id(loop)] = node
        self._visit(loop.iter, loop)
        self._scope = self.scopes[id(node)] = Scope(node, outer, "function")
        while loop is not None:
            self._visit(loop.target, loop)
            self._target(loop.target, loop.iter, "item")
            for test in loop.ifs:
                self._visit(test, loop)
            if loop.inner_for_in is not None:
                self.parents[id(loop.inner_for_in)] = loop
                self._visit(loop.inner_for_in.iter, loop.inner_for_in)
            if cst.CompFor in self._wanted:
                self.order.append(loop)
            loop = loop.inner_for_in
        for name in ("key", "value", "elt"):
            part = getattr(node, name, None)
            if part is not None:
                self._visit(part, node)
        self._scope = outer

    def _import(self, node: cst.Import) -> None:
        for alias in node.names:
            self.parents[id(alias)] = node
            self.parents[id(alias.name)] = alias
            module = dotted(alias.name) or ""
            if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
                self._bind_import(alias.asname.name.value, alias, module, None)
            else:
                self._bind_import(module.partition(".")[0], alias, module.partition(".")[0], None)

    def _import_from(self, node: cst.ImportFrom) -> None:
        module = "." * len(node.relative) + (dotted(node.module) or "" if node.module else "")
        if node.module is not None:
            self.parents[id(node.module)] = node
        if isinstance(node.names, cst.ImportStar):
            self.star_imports.append((module, node))
            return
        for alias in node.names:
            self.parents[id(alias)] = node
            self.parents[id(alias.name)] = alias
            name = alias.name.value if isinstance(alias.name, cst.Name) else ""
            local = alias.asname.name if alias.asname else alias.name
            self._bind_import(local.value if isinstance(local, cst.Name) else name, alias, module, name)

    def _bind_import(self, local: str, alias: cst.ImportAlias, module: str, attribute: str | None) -> None:
        binding = Binding("import", local, alias, self._scope, module=module, attribute=attribute)
        self.imports.append(binding)
        self._bind(binding)

    def _assign(self, node: cst.Assign) -> None:
        self._visit(node.value, node)
        for target in node.targets:
            self._visit(target, node)
            self._target(target.target, node.value, "assign")

    def _annotated(self, node: cst.AnnAssign) -> None:
        self._visit(node.annotation, node)
        if node.value is not None:
            self._visit(node.value, node)
        self._visit(node.target, node)
        kind: Kind = "assign" if node.value is not None else "other"
        self._target(node.target, node.value, kind, annotation=node.annotation.annotation)

    def _augmented(self, node: cst.AugAssign) -> None:
        self._visit(node.value, node)
        self._visit(node.target, node)
        if isinstance(node.target, cst.Name):
            self._target(node.target, None, "other")

    def _walrus(self, node: cst.NamedExpr) -> None:
        self._visit(node.value, node)
        self._visit(node.target, node)
        self._target(node.target, node.value, "assign")

    def _for(self, node: cst.For) -> None:
        self._visit(node.iter, node)
        self._visit(node.target, node)
        self._target(node.target, node.iter, "item")
        self._visit(node.body, node)
        if node.orelse is not None:
            self._visit(node.orelse, node)

    def _with(self, node: cst.WithItem) -> None:
        self._visit(node.item, node)
        if node.asname is not None:
            self._visit(node.asname, node)
            self._target(node.asname.name, None, "other")

    def _except(self, node: cst.ExceptHandler) -> None:
        if node.name is not None:
            self._target(node.name.name, None, "other")
        self._descend(node)

    def _global(self, node: cst.Global) -> None:
        for item in node.names:
            self._scope.declared[item.name.value] = self.module_scope

    def _nonlocal(self, node: cst.Nonlocal) -> None:
        for item in node.names:
            scope = self._scope.parent
            while scope is not None and item.name.value not in scope.bindings:
                scope = scope.parent
            if scope is not None:
                self._scope.declared[item.name.value] = scope

    def _return(self, node: cst.Return) -> None:
        self._scope.returns.append(node.value)
        self._descend(node)

    def _yield(self, node: cst.Yield) -> None:
        self._scope.yields = True
        self._descend(node)

    def _del(self, node: cst.Del) -> None:
        self._descend(node)
        self._target(node.target, None, "other")

    def _attribute(self, node: cst.Attribute) -> None:
        self.attribute_uses.setdefault(node.attr.value, []).append(node)
        self.parents[id(node.attr)] = node
        self._visit(node.value, node)

    def _call(self, node: cst.Call) -> None:
        self._descend(node)
        self.calls.append(node)

    def _arg(self, node: cst.Arg) -> None:
        if node.keyword is not None:
            self.parents[id(node.keyword)] = node
        self._visit(node.value, node)

    def _name(self, node: cst.Name) -> None:
        self.uses.setdefault(node.value, []).append((node, self._scope))
        self._scope_of_name[id(node)] = self._scope

    def _string(self, node: cst.SimpleString) -> None:
        self.strings.append(node)

    def _match(self, node: cst.MatchAs | cst.MatchStar) -> None:
        if node.name is not None:
            self._target(node.name, None, "other")
        self._descend(node)


def dotted(node: cst.CSTNode | None) -> str | None:
    """``a.b.c`` of nested attributes and names, or None for any other expression."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return None
    parts.append(node.value)
    return ".".join(reversed(parts))


def _outside(owner: cst.CSTNode, child: cst.CSTNode) -> bool:
    """Whether *child*, a direct part of the scope's node, is evaluated outside of that scope."""
    if isinstance(owner, (cst.FunctionDef, cst.ClassDef)):
        return child is not owner.body
    if isinstance(owner, cst.Lambda):
        return child is owner.params
    if isinstance(owner, cst.BaseComp):
        return False
    return False
