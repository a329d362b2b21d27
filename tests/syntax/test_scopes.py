"""The scopes of a file are those that CPython itself gives it, and what binds and what uses a name is told apart."""

from __future__ import annotations

import symtable
import sys
import tokenize
import warnings
from pathlib import Path
from textwrap import dedent

import libcst as cst
import pytest
from cdktf_codemods.syntax.scopes import Names, Scope
from cdktf_codemods.syntax.walk import descendants

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("corpus/*/*/**/*.py"), *ROOT.glob("codemods/**/*.py"), *ROOT.glob("tests/**/*.py")])
IMPLICIT = ("__class__", "__classdict__", "__type_params__", "__static_attributes__", "__firstlineno__")
TYPES = ("type parameter", "type parameters", "type alias", "TypeVar bound", "type variable", "annotation")
INLINED = (cst.ListComp, cst.SetComp, cst.DictComp)

Table = tuple[str, str, tuple[tuple[str, str], ...], tuple["Table", ...]]
"""A scope's kind and name, what each of its names is, and the scopes in it."""


def _evaluated(text: str) -> str:
    """A text whose annotations are evaluated, as other expressions are."""
    return text.replace("from __future__ import annotations", "from __future__ import division")


def pythons(text: str) -> Table:
    """The scopes as CPython has them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _of_python(symtable.symtable(_evaluated(text), "text", "exec"))


def _of_python(table: symtable.SymbolTable) -> Table:
    kind = str(getattr(table.get_type(), "value", table.get_type()))
    names = {each.get_name(): _meant(table, each) for each in table.get_symbols() if _is_written(table, each)}
    inner = list(table.get_children())
    if kind in TYPES:
        for part in [each for each in inner if str(getattr(each.get_type(), "value", each.get_type())) in TYPES]:
            inner.remove(part)
            merged = _of_python(part)
            names = {**dict(merged[2]), **names}
            inner += part.get_children()
        kind = "type"
    names = {name: meant for name, meant in names.items() if name[0] != "." and name not in IMPLICIT}
    called = "" if kind in ("module", "type") else table.get_name().strip("<>")
    called = "comp" if called in ("genexpr", "listcomp", "setcomp", "dictcomp") else called
    return kind, called, tuple(sorted(names.items())), tuple(sorted(map(_of_python, inner)))


def _is_written(table: symtable.SymbolTable, symbol: symtable.Symbol) -> bool:
    """Whether the name stands in the scope itself, rather than in one that it passes the name on to."""
    if table.get_type() == "module":
        return symbol.is_referenced() or symbol.is_assigned() or symbol.is_imported()
    return any(
        (symbol.is_referenced(), symbol.is_assigned(), symbol.is_imported(), symbol.is_parameter(),
         symbol.is_declared_global(), symbol.is_nonlocal(), symbol.is_annotated())
    )  # fmt: skip


def _meant(table: symtable.SymbolTable, symbol: symtable.Symbol) -> str:
    if table.get_type() == "module" or symbol.is_global():
        return "global"
    return "local" if symbol.is_local() else "free"


def ours(text: str) -> Table:
    """The scopes as :class:`Names` has them."""
    names = Names(cst.parse_module(_evaluated(text)))
    scopes = list({id(each): each for each in names.scopes.values()}.values())
    owners = {id(bound): scope for scope in scopes for bound in scope.bindings.values()}
    owners |= {id(scope.cell): scope for scope in scopes if scope.cell}
    used: dict[int, set[str]] = {}
    for name, uses in names.uses.items():
        for _, scope in uses:
            used.setdefault(id(scope), set()).add(name)

    def table(scope: Scope) -> Table:
        own = used.get(id(scope), set()) | set(scope.bindings)
        own |= set(scope.declared) if scope.kind != "module" else set()
        if scope.kind == "module":  # what functions bind as global, and comprehensions with `:=`, is not written here
            own = {
                each
                for each in own
                if any(names.scope_of(bound.node) is scope for bound in scope.bindings.get(each, ()))
                or each in used.get(id(scope), ())
            }
        found = {}
        for name in own - {*IMPLICIT, "None", "True", "False"}:
            owner = owners.get(id(scope.find(name)))
            meant = "global" if owner is None or owner.kind == "module" else "local" if owner is scope else "free"
            if scope.kind == "type" and owner is not None and owner.kind == "class":
                meant = "global"  # so CPython has it, but asks the class first when it runs
            found[_mangled(name, scope)] = meant
        inner = [each for each in scopes if each is not scope and (each.generic or each.parent) is scope]
        return scope.kind, _called(scope), tuple(sorted(found.items())), tuple(sorted(map(table, inner)))

    return table(names.module_scope)


def _called(scope: Scope) -> str:
    if isinstance(scope.node, (cst.FunctionDef, cst.ClassDef)):
        return scope.node.name.value
    return "lambda" if isinstance(scope.node, cst.Lambda) else "comp" if isinstance(scope.node, cst.BaseComp) else ""


def _mangled(name: str, scope: Scope) -> str:
    owner = scope.enclosing_class
    if not name.startswith("__") or name.endswith("__") or owner is None or not isinstance(owner.node, cst.ClassDef):
        return name
    prefix = owner.node.name.value.lstrip("_")
    return f"_{prefix}{name}" if prefix else name


def agree(text: str) -> None:
    if sys.version_info >= (3, 14):
        pytest.skip("annotations have scopes of their own from 3.14 on")
    tree = cst.parse_module(text)
    if sys.version_info >= (3, 12) and any(isinstance(each, INLINED) for each in descendants(tree)):
        pytest.skip("comprehensions are no scopes of their own from 3.12 on")
    assert ours(text) == pythons(text)


SNIPPETS = {
    "handlers": "try: pass\nexcept A as e: e\ndef f():\n try: pass\n except (B, C) as g: g\n",
    "handlers of groups": "def f():\n try: pass\n except* A as e: e\n except* B: x = e\n",
    "match": "def f(v):\n match v:\n  case [a, *b] if a: pass\n  case {'k': c, **d}: pass\n  case P(e, x=g) | Q.R(e, x=g): pass\n"
    "  case (1 | 2) as h: pass\n  case K.L: pass\n  case [*_]: pass\n  case {}: pass\n  case _: pass\n  case i: pass\n",
    "match at the top": "match v:\n case [*xs]: pass\n case {**rest}: pass\n case str() as s: pass\n",
    "walrus": "def f(v):\n return [y for x in v if (y := x)], [[z := 1 for a in v] for b in v]\n",
    "walrus at the top": "[y := x for x in v]\nprint(y)\nany((w := x) for x in v)\n",
    "walrus, global": "def f(v):\n global y\n return [y := x for x in v]\n",
    "walrus, nonlocal": "def f():\n y = 1\n def g(v):\n  nonlocal y\n  return [y := x for x in v]\n",
    "walrus in a lambda in a comprehension": "def f(v): return [lambda: (y := x) for x in v]\n",
    "walrus in a class": "class C:\n if (a := 1): b = a\n def f(self, x=(c := 2)): return c\n",
    "global first": "def f():\n global x\n x = 1\ndef g(): return x\n",
    "global, then a function in it": "def f():\n x = 1\n def g():\n  global x\n  x = 2\n  def h(): return x\n",
    "global in a class": "def f():\n x = 1\n class C:\n  global x\n  x = 2\n  def m(self): return x\n",
    "global at the top": "global x\nx = 1\ndef f(): return x\n",
    "global of a def, a class, an import": "def f():\n global a, b, c\n def a(): pass\n class b: pass\n import c\n",
    "nonlocal before": "def f():\n x = 1\n def g():\n  nonlocal x\n  x = 2\n",
    "nonlocal behind": "def f():\n def g():\n  nonlocal x\n  x = 2\n x = 1\n",
    "nonlocal of the nearer": "def a():\n x = 0\n def b():\n  def c():\n   nonlocal x\n   x = 2\n  x = 1\n",
    "nonlocal of a nonlocal": "def a():\n x = 0\n def b():\n  nonlocal x\n  def c():\n   nonlocal x\n   x = 2\n",
    "nonlocal past a class": "def f():\n x = 0\n class C:\n  x = 1\n  def m(self):\n   nonlocal x\n   x = 2\n",
    "nonlocal in a class": "def f():\n x = 0\n class C:\n  nonlocal x\n  x = 1\n  def m(self): return x\n",
    "class names": "class C:\n a = 1\n b = a\n def m(self): return a\n c = [a for i in b]\n d = lambda: a\n",
    "class in a function": "def f(a):\n class C:\n  a = a\n  b = [a for i in a]\n  def m(self): return a, b\n",
    "class in a class": "class A:\n x = 1\n class B:\n  y = x\n  x = y\n",
    "first iterable": "def f(x):\n return [x for x in x for y in x for z in y]\n",
    "first iterable in a class": "class C:\n v = [1]\n w = 2\n a = {i: w for i in v for j in w}\n b = (w for i in v)\n",
    "comprehensions in comprehensions": "def f(v): return {(a, b): [c for c in b if a] for a in v for b in {d for d in a}}\n",
    "outside of the function": "def f(v):\n @d(v)\n def g(a: T = v, *b: U, c=v, **e: W) -> R: return a, v\n class K(v, m=v): pass\n",
    "lambda": "def f(a):\n return lambda a=a, *b, c=a, **d: (a, b, c, d, f, e)\n",
    "deleted": "def f():\n del x\n del (y, z[i]), w.a\n",
    "with": "def f():\n with a as (b, c), d as [e, *g], h as i.j, k: pass\n",
    "for": "def f(v):\n for a, (b, *c) in v: pass\n else: d = 1\n async def g():\n  async for e in v: pass\n",
    "augmented": "x = 0\ndef f(): x += 1\ndef g(): y[0] += z\nclass C: n += 1\n",
    "annotated": "def f():\n a: int\n b: int = 1\n d.e: int\n return a, b\nz: T\nclass C:\n a: int\n",
    "imports": "import a.b as c\nimport d.e\nfrom . import g\nfrom .h import i as j\ndef f():\n import k.l\n from m import n\n return k, n, c, d\n",
    "star": "from a import *\ndef f(): return b\n",
    "conditional": "try:\n import a\nexcept ImportError:\n a = None\nif a:\n def f(): return a\nelse:\n f = a\n",
    "__class__": "class C:\n def m(self): return __class__, (lambda: __class__)\n @staticmethod\n def n(): return super\n",
    "private": "__x = 1\ndef f(): return __x\nclass _C:\n __x = __y = 2\n def m(self, __p): return __x, __p, self.__x, __y\n",
    "global behind": "def f():\n def g(): return x\n global x\n x = 1\n",
    "decorated": "@a.b\n@c(lambda: d)\nclass C(e.f[g], metaclass=h): i = j\n",
    "text": "def f(a):\n return f'{a!r:{b}} {[c for c in a]}' 'x'\n",
    "async": "async def f(v):\n return [await a async for a in v if a]\n",
    "yields": "def f():\n x = yield a\n y = yield from (b for b in x)\n",
    "unpacked": "def f(v):\n a, *b = v\n (c, [d, e.f]), g[h] = i = v\n",
}  # fmt: skip


@pytest.mark.parametrize("text", SNIPPETS.values(), ids=SNIPPETS)
def test_scopes_are_pythons(text: str) -> None:
    agree(text)


@pytest.mark.slow
def test_scopes_of_whole_files_are_pythons() -> None:
    for path in FILES:
        with tokenize.open(path) as file:
            text = file.read()
        if sys.version_info < (3, 12):
            try:
                assert ours(text) == pythons(text), path
            except (SyntaxError, cst.ParserSyntaxError):
                continue


GENERIC = {
    "function": "def f[T: (A, T), *Ts, **P](a: T = T, *b: *Ts) -> T:\n x: T = a\n",
    "in a class": "class C:\n A = 1\n def m[T](self, a: A) -> T: return A, T\n",
    "class": "class C[T](B[T], m=T):\n x = T\n def m(self): return T\n",
    "alias": "def f():\n type X[T] = list[T] | X[T] | B\n type Y = X\n return X, Y\n",
    "alias in a class": "class C:\n A = 1\n type X[T] = A | T\n type Y = A\n",
    "nested": "def f[T]():\n T\n class C[U]:\n  def m[V](self): return T, U, V\n",
    "hidden": "T = 1\ndef f[T]():\n T = 2\n return T\ndef g(): return T\n",
}


@pytest.mark.skipif(sys.version_info < (3, 12), reason="syntax of 3.12")
@pytest.mark.parametrize("text", GENERIC.values(), ids=GENERIC)
def test_generic_scopes_are_pythons(text: str) -> None:
    agree(text)


def names_of(text: str) -> Names:
    return Names(cst.parse_module(dedent(text)))


def use(names: Names, name: str, at: int = -1) -> tuple[cst.Name, Scope]:
    return names.uses[name][at]


def found(text: str, name: str, at: int = -1) -> list[str]:
    """The classes of the nodes that bind a name where it is used."""
    node, scope = use(names_of(text), name, at)
    return [type(each.node).__name__ for each in scope.find(node.value)]


@pytest.mark.parametrize(
    ("text", "name", "bound"),
    [
        ("def f[T](a: T): pass", "T", ["Name"]),
        ("def f[T]():\n    return T", "T", ["Name"]),
        ("def f[T](a=T): pass", "T", []),
        ("@T\ndef f[T](): pass", "T", []),
        ("class C[T](B[T]): pass", "T", ["Name"]),
        ("class C[T]:\n    def m(self): return T", "T", ["Name"]),
        ("class C:\n    A = 1\n    def m[T](self, a: A): pass", "A", ["Name"]),
        ("class C:\n    A = 1\n    def m[T](self): return A", "A", []),
        ("type X[T] = list[T]", "T", ["Name"]),
        ("type X = X", "X", ["Name"]),
        ("def f[T: B, *Ts, **P = T](): pass", "T", ["Name"]),
    ],
)
def test_type_parameters(text: str, name: str, bound: list[str]) -> None:
    assert found(text, name) == bound


def test_parent_of_a_generic_method_is_its_class() -> None:
    names = names_of("class C:\n    def m[T](self, a: T):\n        self.x = a\n")
    method = next(each for each in names.scopes.values() if isinstance(each.node, cst.FunctionDef))
    assert method.parent is not None
    assert method.parent.kind == "class"
    assert list(method.parent.attributes) == ["x"]


def test_patterns_bind_and_do_not_use() -> None:
    names = names_of("match v:\n    case [a, *b] | {'k': c, **d} | P(x=e) | (1 as g): pass\n")
    assert sorted(names.uses) == ["P", "v"]
    assert sorted(names.module_scope.bindings) == ["a", "b", "c", "d", "e", "g"]
    assert all(id(each[0].node) in names.parents for each in names.module_scope.bindings.values())


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a, *b = v", {"a": ("item", 0), "b": ("other", None)}),
        ("a, *b, c = 1, 2, 3, 4", {"a": ("assign", None), "b": ("other", None), "c": ("other", None)}),
        ("a, b = *v, 1", {"a": ("other", None), "b": ("other", None)}),
        ("a, b = 1, *v", {"a": ("assign", None), "b": ("other", None)}),
        ("for a, *b in v: pass", {"a": ("pair", 0), "b": ("other", None)}),
    ],
)
def test_what_a_starred_target_takes(text: str, kinds: dict[str, tuple[str, int | None]]) -> None:
    bindings = names_of(text).module_scope.bindings
    assert {name: (each[0].kind, each[0].index) for name, each in bindings.items()} == kinds


def test_nonlocal_bindings_stand_in_the_order_of_the_text() -> None:
    names = names_of("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n    x = 3\n")
    bound = use(names, "x")[1].find("x")
    assert [each.value.value for each in bound if isinstance(each.value, cst.Integer)] == ["1", "2", "3"]


def test_scope_of_every_node_is_that_of_the_names_in_it() -> None:
    text = (
        "def f(a, b: c[0] = d[0]) -> e[0]:\n    return [g[0] for h in i[0] for j in k[0]]\n"
        "class C(l[0]):\n    m = (lambda n=o[0]: p[0])\n    q = [r[0] for s in t[0]]\n"
        "def u[T: v[0]](w: x[0] = y[0]): pass\n"
    )
    names = names_of(text)
    for name, uses in names.uses.items():
        for node, scope in uses:
            assert names.scope_of(node) is scope, name
            if isinstance(parent := names.parents[id(node)], cst.Subscript):
                assert names.scope_of(parent) is scope, name


def test_order_has_children_before_parents() -> None:
    names = Names(
        cst.parse_module("def f():\n    return g(h(1), [i(a) for a in j()])\n"), frozenset((cst.Call, cst.FunctionDef))
    )
    places = {id(node): place for place, node in enumerate(names.order)}
    assert len(places) == 5
    for node in names.order:
        assert all(places[id(each)] > places[id(node)] for each in names.ancestors(node) if id(each) in places)


def test_class_cell_and_private_names() -> None:
    assert found("class C:\n    def m(self): return __class__\n", "__class__") == ["ClassDef"]
    assert found("class C:\n    x = __class__\n", "__class__") == []
    assert found("__x = 1\ndef f(): return __x\n", "__x") == ["Name"]
    assert found("__x = 1\nclass C:\n    def m(self): return __x\n", "__x") == []
    assert found("class C:\n    __x = 1\n    y = __x\n", "__x") == ["Name"]
