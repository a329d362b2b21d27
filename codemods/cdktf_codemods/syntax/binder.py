"""The walk over a module that finds its scopes, what binds each name in them, and where each name is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import libcst as cst

from .bindings import Binding, Kind, Scope, dotted
from .walk import child_fields


class Binder:
    """One walk; its attributes are what it found."""

    def __init__(self, module: cst.Module, wanted: frozenset[type[cst.CSTNode]]) -> None:
        self.parents: dict[int, cst.CSTNode] = {}
        self.scopes: dict[int, Scope] = {}
        self.inside: dict[int, Scope] = {}
        """By the ``id`` of a node at the edge of a scope: the scope that it and what is below it are evaluated in."""
        self.uses: dict[str, list[tuple[cst.Name, Scope]]] = {}
        self.attribute_uses: dict[str, list[cst.Attribute]] = {}
        self.calls: list[cst.Call] = []
        self.strings: list[cst.SimpleString] = []
        self.imports: list[Binding] = []
        self.star_imports: list[tuple[str, cst.ImportFrom]] = []
        self.order: list[cst.CSTNode] = []
        self.module_scope = Scope(module, None, "module")
        self.scopes[id(module)] = self.inside[id(module)] = self.module_scope
        self._wanted = wanted
        self._scope = self.module_scope
        self._nonlocal: list[tuple[Scope, str]] = []
        self._misplaced: list[tuple[Scope, str]] = []
        self._descend(module)
        if cst.Module in wanted:
            self.order.append(module)
        self._settle()

    # The walk

    def _descend(self, node: cst.CSTNode) -> None:
        # Nearly all time goes here and to `_visit`, which is why the two say the same twice.
        handlers, parents, wanted = _handlers, self.parents, self._wanted
        for name in child_fields[type(node)]:
            value = getattr(node, name)
            kind = type(value)
            if kind is list or kind is tuple:
                for item in value:
                    kind = type(item)
                    parents[id(item)] = node
                    handlers[kind](self, item)
                    if kind in wanted:
                        self.order.append(item)
            elif (handler := handlers[kind]) is not _no_node:
                parents[id(value)] = node
                handler(self, value)
                if kind in wanted:
                    self.order.append(value)

    def _visit(self, node: cst.CSTNode, parent: cst.CSTNode) -> None:
        kind = type(node)
        self.parents[id(node)] = parent
        _handlers[kind](self, node)
        if kind in self._wanted:
            self.order.append(node)

    def _visit_in(self, scope: Scope, node: cst.CSTNode, parent: cst.CSTNode) -> None:
        """Visit what is evaluated in another scope."""
        outer = self._scope
        self._scope = self.inside[id(node)] = scope
        self._visit(node, parent)
        self._scope = outer

    # Bindings

    def _bind(self, binding: Binding) -> None:
        scope = binding.scope.declared.get(binding.name, binding.scope)
        scope.bindings.setdefault(binding.name, []).append(binding)

    def _bind_name(self, name: cst.Name, parent: cst.CSTNode) -> None:
        """Bind a name that is nothing else than the place of a binding."""
        self.parents[id(name)] = parent
        self._bind(Binding("other", name.value, name, self._scope))

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
            starred = False
            for position, element in enumerate(target.elements):
                starred = starred or isinstance(element, cst.StarredElement)
                if starred:
                    self._target(element.value, None, "other")
                else:
                    self._unpack(element.value, value, kind, position)

    def _unpack(self, target: cst.BaseExpression, value: cst.BaseExpression | None, kind: Kind, position: int) -> None:
        if kind == "assign" and isinstance(value, (cst.Tuple, cst.List)) and position < len(value.elements):
            if any(isinstance(each, cst.StarredElement) for each in value.elements[: position + 1]):
                self._target(target, None, "other")
            else:
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

    def _settle(self) -> None:
        """Find whose the ``nonlocal`` names are, which may be bound behind what declares them."""
        for scope, name in self._nonlocal:
            outer = scope.parent
            while outer is not None and (outer.kind != "function" or name not in {**outer.bindings, **outer.declared}):
                outer = outer.parent
            if outer is not None:
                scope.declared[name] = outer.declared.get(name, outer)
                self._misplaced.append((scope, name))
        misplaced = [(scope, name) for scope, name in self._misplaced if name in scope.bindings]
        if not misplaced:
            return
        places = {key: place for place, key in enumerate(self.parents)}
        for scope, name in misplaced:
            if (owner := scope.declared[name]) is not scope:
                found = [*owner.bindings.get(name, ()), *scope.bindings.pop(name)]
                owner.bindings[name] = sorted(found, key=lambda each: places[id(each.node)])

    # Definitions

    def _type_scope(self, node: cst.CSTNode, parameters: cst.TypeParameters | None) -> Scope | None:
        """The scope of a generic definition's type parameters, or None where it has none."""
        if parameters is None:
            return None
        scope = self.scopes[id(parameters)] = Scope(parameters, self._scope, "type")
        self._visit_in(scope, parameters, node)
        return scope

    def _function(self, node: cst.FunctionDef) -> None:
        self._bind(Binding("function", node.name.value, node, self._scope))
        self.parents[id(node.name)] = node
        for decorator in node.decorators:
            self._visit(decorator, node)
        generic = self._type_scope(node, node.type_parameters)
        if node.returns is not None:
            self._visit_in(generic or self._scope, node.returns, node)
        self._parameters_and_body(node, node.params, node.body, generic)

    def _lambda(self, node: cst.Lambda) -> None:
        self._parameters_and_body(node, node.params, node.body, None)

    def _parameters_and_body(
        self, node: cst.CSTNode, params: cst.Parameters, body: cst.CSTNode, generic: Scope | None
    ) -> None:
        inner = self.scopes[id(node)] = Scope(node, self._scope, "function", generic)
        self.parents[id(params)] = node
        rest = [each for each in (params.star_arg, params.star_kwarg) if isinstance(each, cst.Param)]
        every = [*params.posonly_params, *params.params, *params.kwonly_params, *rest]
        named = len(every) - len(rest)
        for index, parameter in enumerate(every):
            self.parents[id(parameter)] = params
            self.parents[id(parameter.name)] = parameter
            annotation = None
            if parameter.annotation is not None:
                annotation = parameter.annotation.annotation
                self._visit_in(generic or self._scope, parameter.annotation, parameter)
            if parameter.default is not None:
                self._visit(parameter.default, parameter)
            kind: Kind = "parameter" if index < named else "other"
            bound = Binding(kind, parameter.name.value, parameter, inner, parameter.default, annotation, index)
            inner.bindings.setdefault(bound.name, []).append(bound)
        self._visit_in(inner, body, node)

    def _class(self, node: cst.ClassDef) -> None:
        self._bind(Binding("class", node.name.value, node, self._scope))
        self.parents[id(node.name)] = node
        for decorator in node.decorators:
            self._visit(decorator, node)
        generic = self._type_scope(node, node.type_parameters)
        for part in (*node.bases, *node.keywords):
            self._visit_in(generic or self._scope, part, node)
        inner = self.scopes[id(node)] = Scope(node, self._scope, "class", generic)
        inner.cell.append(Binding("class", "__class__", node, inner))
        self._visit_in(inner, node.body, node)

    def _type_alias(self, node: cst.TypeAlias) -> None:
        self._bind_name(node.name, node)
        inner = self.scopes[id(node)] = Scope(node, self._scope, "type")
        for part in (node.type_parameters, node.value):
            if part is not None:
                self._visit_in(inner, part, node)

    def _type_parameter(self, node: cst.TypeVar | cst.TypeVarTuple | cst.ParamSpec) -> None:
        self._bind_name(node.name, node)
        if isinstance(node, cst.TypeVar) and node.bound is not None:
            self._visit(node.bound, node)

    def _comprehension(self, node: cst.BaseComp) -> None:
        outer = self._scope
        loop: cst.CompFor | None = node.for_in
        assert loop is not None
        self.parents[id(loop)] = node
        inner = self.scopes[id(node)] = self.inside[id(loop)] = Scope(node, outer, "function")
        self._visit_in(outer, loop.iter, loop)
        self._scope = inner
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
                self._visit_in(inner, part, node)
        self._scope = outer

    # Imports

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

    # Statements

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
        """Of a comprehension, it binds what the comprehension lies in."""
        self._visit(node.value, node)
        self._visit(node.target, node)
        inner = self._scope
        while isinstance(self._scope.node, cst.BaseComp) and self._scope.parent is not None:
            self._scope = self._scope.parent
        self._target(node.target, node.value, "assign")
        self._scope = inner

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

    def _except(self, node: cst.ExceptHandler | cst.ExceptStarHandler) -> None:
        if node.name is not None:
            self._target(node.name.name, None, "other")
        self._descend(node)

    def _global(self, node: cst.Global) -> None:
        for item in node.names:
            self._scope.declared[item.name.value] = self.module_scope
            self._misplaced.append((self._scope, item.name.value))

    def _declare_nonlocal(self, node: cst.Nonlocal) -> None:
        self._nonlocal += ((self._scope, item.name.value) for item in node.names)

    def _return(self, node: cst.Return) -> None:
        self._scope.returns.append(node.value)
        self._descend(node)

    def _yield(self, node: cst.Yield) -> None:
        self._scope.yields = True
        self._descend(node)

    def _del(self, node: cst.Del) -> None:
        self._descend(node)
        self._target(node.target, None, "other")

    # Expressions

    def _attribute(self, node: cst.Attribute) -> None:
        name = node.attr
        self.attribute_uses.setdefault(name.value, []).append(node)
        self.parents[id(name)] = node
        self._visit(node.value, node)

    def _call(self, node: cst.Call) -> None:
        self._descend(node)
        self.calls.append(node)

    def _arg(self, node: cst.Arg) -> None:
        if node.keyword is not None:
            self.parents[id(node.keyword)] = node
        self._visit(node.value, node)

    def _name(self, node: cst.Name) -> None:
        uses = self.uses.get(node.value)
        if uses is None:
            uses = self.uses[node.value] = []
        uses.append((node, self._scope))

    def _string(self, node: cst.SimpleString) -> None:
        self.strings.append(node)

    # Patterns

    def _capture(self, node: cst.MatchAs | cst.MatchStar) -> None:
        if node.name is not None:
            self._bind_name(node.name, node)
        if isinstance(node, cst.MatchAs) and node.pattern is not None:
            self._visit(node.pattern, node)

    def _match_mapping(self, node: cst.MatchMapping) -> None:
        self._visit_each(node.elements, node)
        if node.rest is not None:
            self._bind_name(node.rest, node)

    def _match_keyword(self, node: cst.MatchKeywordElement) -> None:
        self.parents[id(node.key)] = node
        self._visit(node.pattern, node)

    def _visit_each(self, nodes: Iterable[cst.CSTNode], parent: cst.CSTNode) -> None:
        for node in nodes:
            self._visit(node, parent)


Handler = Callable[[Binder, Any], None]


def _no_node(binder: Binder, value: object) -> None:
    """Of a field that holds None or a sentinel."""


def _leaf(binder: Binder, node: cst.CSTNode) -> None:
    """Of a node without children that carry meaning."""


class _Handlers(dict[type, Handler]):
    def __missing__(self, kind: type) -> Handler:
        if not issubclass(kind, cst.CSTNode):
            self[kind] = _no_node
        else:
            self[kind] = Binder._descend if child_fields[kind] else _leaf
        return self[kind]


_handlers = _Handlers(
    {
        cst.FunctionDef: Binder._function,
        cst.ClassDef: Binder._class,
        cst.Lambda: Binder._lambda,
        cst.TypeAlias: Binder._type_alias,
        cst.TypeVar: Binder._type_parameter,
        cst.TypeVarTuple: Binder._type_parameter,
        cst.ParamSpec: Binder._type_parameter,
        cst.ListComp: Binder._comprehension,
        cst.SetComp: Binder._comprehension,
        cst.GeneratorExp: Binder._comprehension,
        cst.DictComp: Binder._comprehension,
        cst.Import: Binder._import,
        cst.ImportFrom: Binder._import_from,
        cst.Assign: Binder._assign,
        cst.AnnAssign: Binder._annotated,
        cst.AugAssign: Binder._augmented,
        cst.NamedExpr: Binder._walrus,
        cst.For: Binder._for,
        cst.WithItem: Binder._with,
        cst.ExceptHandler: Binder._except,
        cst.ExceptStarHandler: Binder._except,
        cst.Global: Binder._global,
        cst.Nonlocal: Binder._declare_nonlocal,
        cst.Return: Binder._return,
        cst.Yield: Binder._yield,
        cst.Del: Binder._del,
        cst.Attribute: Binder._attribute,
        cst.Call: Binder._call,
        cst.Arg: Binder._arg,
        cst.Name: Binder._name,
        cst.SimpleString: Binder._string,
        cst.MatchAs: Binder._capture,
        cst.MatchStar: Binder._capture,
        cst.MatchMapping: Binder._match_mapping,
        cst.MatchKeywordElement: Binder._match_keyword,
    }
)
