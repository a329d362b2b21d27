"""Every construct and every struct of a provider, called rightly, then broken in each way, then repaired.

Run over everything: ``python -m tests.whole_provider [--provider aws@21.9.1] [--package NAME] [--every N]``.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from functools import cache

from cdktf_codemods import Schema, Settings, repair
from cdktf_codemods.editing.layout import Layout
from cdktf_codemods.knowledge.services import provider_names, service_names
from cdktf_codemods.schema import ApiClass, Parameter
from cdktf_codemods.schema.declarations import Declaration
from cdktf_codemods.schema.fields import NOISE, singular
from cdktf_codemods.schema.naming import camel_case, words
from cdktf_codemods.schema.paths import paths
from cdktf_codemods.schema.types import ANY, BOOLEAN, NUMBER, STRING, ListOf, MapOf, Named, TypeRef
from cdktf_codemods.schema.versions import asked, choose

SETTINGS = Settings(ignore=frozenset({"L", "V105", "V106"}), layout=Layout(100_000))
"""Nothing is asked of the values, which are made up: only of names, shapes and types."""
_OPTIONAL = 3
"""Optional arguments of a call, besides the required ones: the first of each shape."""


_META = ("connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioners", "id")


@dataclass(frozen=True)
class Value:
    """A value as a tree, so that it can be broken and written in different styles."""

    kind: str  # text, list, map, struct
    text: str = ""
    items: tuple[tuple[str, Value], ...] = ()
    struct: ApiClass | None = None
    other: ApiClass | None = None

    def code(self) -> str:
        if self.kind == "list":
            return f"[{', '.join(value.code() for _, value in self.items)}]"
        if self.kind == "map":
            return f"{{{', '.join(f'{name!r}: {value.code()}' for name, value in self.items)}}}"
        if self.kind == "struct":
            return f"{self.text}({', '.join(f'{name}={value.code()}' for name, value in self.items)})"
        return self.text

    def structs(self) -> Iterator[ApiClass]:
        if self.struct is not None:
            yield self.other or self.struct
        for _, value in self.items:
            yield from value.structs()


@dataclass(frozen=True)
class Call:
    """A call of a class with keyword arguments; of a construct, with scope and id too."""

    made: ApiClass
    arguments: tuple[tuple[str, Value], ...]
    name: str = ""
    other: ApiClass | None = None
    """What is called instead of it."""

    def code(self) -> str:
        positional = ["scope", "'case'"] if self.made.is_construct else []
        keywords = [f"{name}={value.code()}" for name, value in self.arguments]
        return f"{self.name or self.made.short_name}({', '.join(positional + keywords)})"

    def imports(self) -> set[tuple[str, str]]:
        called = self.other or self.made
        found = {(called.module, called.short_name)}
        for _, value in self.arguments:
            found |= {(struct.module, struct.short_name) for struct in value.structs()}
        return found

    def with_value(self, name: str, value: Value) -> Call:
        return replace(self, arguments=tuple((each, value if each == name else old) for each, old in self.arguments))

    def renamed(self, old: str, new: str) -> Call:
        return replace(self, arguments=tuple((new if name == old else name, value) for name, value in self.arguments))


def valid_value(schema: Schema, want: TypeRef, depth: int = 3) -> Value | None:
    """A value that the place accepts, or None for places that take objects of cdktf."""
    for option in want.options:
        if option == STRING:
            return Value("text", "'text'")
        if option == NUMBER:
            return Value("text", "7")
        if option == BOOLEAN:
            return Value("text", "True")
        if option == ANY:
            return Value("map", items=(("key", Value("text", "'value'")),))
        if isinstance(option, (ListOf, MapOf)):
            inner = valid_value(schema, option.element if isinstance(option, ListOf) else option.value, depth)
            kind = "list" if isinstance(option, ListOf) else "map"
            return Value(kind, items=(("key", inner),)) if inner is not None else None
        if isinstance(option, Named) and (struct := schema.find(option.name)) and struct.kind == "struct":
            if depth == 0 or struct.module in ("cdktf", "constructs"):
                return None
            items = chosen_arguments(schema, struct, depth - 1)
            return Value("struct", struct.short_name, items, struct) if items is not None else None
    return None


def chosen_arguments(schema: Schema, made: ApiClass, depth: int) -> tuple[tuple[str, Value], ...] | None:
    """The required arguments and some optional ones; None where a required one cannot be given."""
    given: list[tuple[str, Value]] = []
    shapes: set[str] = set()
    for name, parameter in made.arguments.items():
        shape = type(parameter.type).__name__ + str(parameter.type)[:6]
        if parameter.optional and (len(shapes) >= _OPTIONAL or shape in shapes or _is_meta(parameter)):
            continue
        value = valid_value(schema, parameter.type, depth)
        if value is None and not parameter.optional:
            return None
        if value is not None:
            given.append((name, value))
            if parameter.optional:
                shapes.add(shape)
    return tuple(given)


def _is_meta(parameter: Parameter) -> bool:
    return parameter.name in (
        "connection",
        "count",
        "depends_on",
        "for_each",
        "lifecycle",
        "provider",
        "provisioners",
        "id",
    )


def valid_calls(schema: Schema, package: str, every: int = 1) -> Iterator[tuple[str, list[Call]]]:
    """By module: a valid call of each of its constructs and structs."""
    for module in sorted(schema.snapshots[package].index)[::every]:
        calls = []
        for made in (schema.module(module) or {}).values():
            if made.kind in ("resource", "data source", "provider", "struct"):
                given = chosen_arguments(schema, made, 2)
                if given is not None:
                    calls.append(Call(made, given))
        if calls:
            yield module, calls


# Each operator gives the broken forms of a call, with what the repair should make of them where it is not the call.

Broken = Call | tuple[Call, Call]


def list_removed(call: Call) -> Iterator[Broken]:
    for name, value in call.arguments:
        if value.kind == "list" and value.items[0][1].kind in ("struct", "text"):
            yield call.with_value(name, value.items[0][1])


def list_added(call: Call) -> Iterator[Broken]:
    for name, value in call.arguments:
        if value.kind == "struct":
            yield call.with_value(name, Value("list", items=(("key", value),)))


def another_type(call: Call) -> Iterator[Broken]:
    for name, value in call.arguments:
        swapped = {"7": "'7'", "True": "'true'"}.get(value.text)
        if value.kind == "text" and swapped:
            yield call.with_value(name, Value("text", swapped))
        if value.kind == "map" and value.items[0][1].text == "'text'":
            five = Value("map", items=(("key", Value("text", "5")),))
            yield (
                call.with_value(name, five),
                call.with_value(name, Value("map", items=(("key", Value("text", "'5'")),))),
            )


def number_for_string(call: Call) -> Iterator[Broken]:
    for name, value in call.arguments:
        if value.text == "'text'":
            yield call.with_value(name, Value("text", "30")), call.with_value(name, Value("text", "'30'"))


def struct_in_list_as_dict(call: Call) -> Iterator[Broken]:
    for name, value in call.arguments:
        if value.kind == "list" and loses_keys(value.items[0][1]):
            inner = value.items[0][1]
            meant = call.with_value(name, Value("list", items=(("key", without_lost_keys(inner)),)))
            yield call.with_value(name, Value("list", items=(("key", as_dict(inner)),))), meant


def struct_as_dict_for_list(call: Call) -> Iterator[Broken]:
    for name, value in call.arguments:
        if value.kind == "list" and loses_keys(value.items[0][1]):
            inner = value.items[0][1]
            meant = call.with_value(name, Value("list", items=(("key", without_lost_keys(inner)),)))
            yield call.with_value(name, as_dict(inner)), meant


def loses_keys(value: Value) -> bool:
    """Whether a struct as a dict has a key that jsii does not know; one without is right as it is."""
    inner = [each for _, each in value.items]
    if value.kind == "struct":
        return any(camel_case(name) != name for name, _ in value.items) or any(map(loses_keys, inner))
    return value.kind == "list" and any(map(loses_keys, inner))


def without_lost_keys(value: Value) -> Value:
    """What a repair makes of a struct as a dict in a list; a dict for one block loses nothing, and stays."""
    if value.kind == "struct":
        return replace(value, items=tuple((name, _inside(inner)) for name, inner in value.items))
    return value


def _inside(value: Value) -> Value:
    if value.kind == "struct":
        return Value("map", items=tuple((name, _inside(inner)) for name, inner in value.items))
    if value.kind == "list":
        return replace(
            value,
            items=tuple(
                (name, without_lost_keys(inner) if loses_keys(inner) else as_dict(inner)) for name, inner in value.items
            ),
        )
    return value


def as_dict(value: Value) -> Value:
    """A struct as a plain dict, at every depth."""
    if value.kind == "struct":
        return Value("map", items=tuple((name, as_dict(inner)) for name, inner in value.items))
    if value.kind in ("list", "map"):
        return replace(value, items=tuple((name, as_dict(inner)) for name, inner in value.items))
    return value


def class_that_never_was(call: Call) -> Iterator[Broken]:
    for name, value in call.arguments:
        if value.kind == "struct" and value.items and value.struct is not None:
            yield call.with_value(name, replace(value, text=f"{value.struct.short_name}Block"))
        if value.kind == "list" and value.items[0][1].kind == "struct" and value.items[0][1].items:
            inner = value.items[0][1]
            broken = replace(inner, text=f"{inner.text}Spec")
            yield call.with_value(name, replace(value, items=(("key", broken),)))


def class_of_another_parent(call: Call) -> Iterator[Broken]:
    for name, value in call.arguments:
        if value.kind == "struct" and value.items and value.struct is not None:
            structs = list((call.made.schema.module(value.struct.module) or {}).values())
            others = [each for each in structs if each.kind == "struct" and each is not value.struct and each.arguments]
            if others:
                other = others[len(name) % len(others)]
                yield call.with_value(name, replace(value, text=other.short_name, other=other))


def wrapper_left_out(call: Call) -> Iterator[Broken]:
    for name, value in call.arguments:
        if value.kind == "struct" and len(value.items) == 1 and value.struct is not None:
            inner = value.items[0][1]
            inner = inner.items[0][1] if inner.kind == "list" else inner
            if inner.kind == "struct" and inner.items:
                fields = {field for field, _ in inner.items}
                if not fields <= set(value.struct.arguments):
                    yield call.with_value(name, inner)


def camel_case_argument(call: Call) -> Iterator[Broken]:
    for name, _ in call.arguments:
        if camel_case(name) != name and "_" in name.strip("_"):
            yield call.renamed(name, camel_case(name))


def plural_argument(call: Call) -> Iterator[Broken]:
    for name, _ in call.arguments:
        other = name.removesuffix("s") if name.endswith("s") else f"{name}s"
        if len(name) > 4 and other not in call.made.arguments and not name.endswith("ss"):
            yield call.renamed(name, other)


def slip_of_argument(call: Call) -> Iterator[Broken]:
    for name, _ in call.arguments:
        if len(name) > 8 and name.isidentifier():
            other = name[:5] + name[6] + name[5] + name[7:]
            if other not in call.made.arguments and "_" not in name[5:7] and name[5] != name[6]:
                yield call.renamed(name, other)


def block_written_flat(call: Call) -> Iterator[Broken]:
    """``block_field=value`` for a block's one field, where the words are those of no other path."""
    for name, value in call.arguments:
        block = value.items[0][1] if value.kind == "list" and value.items else value
        if block.kind != "struct" or len(block.items) != 1 or not call.made.is_construct:
            continue
        field, inner = block.items[0]
        flat = f"{name}_{field}"
        if inner.kind == "text" and _is_only(call.made, flat, (name, field)):
            arguments = tuple((flat, inner) if each == name else (each, old) for each, old in call.arguments)
            yield replace(call, arguments=arguments), call


def argument_in_a_block(call: Call) -> Iterator[Broken]:
    """``a={"b_c": value}`` for ``a_b_c=value``, where the words are those of no other path."""
    for name, value in call.arguments:
        if value.kind != "text" or name.count("_") < 1 or not call.made.is_construct or not name.isidentifier():
            continue
        block, _, field = name.partition("_")
        block = f"{block}_configuration"
        if field and block not in call.made.arguments and _is_only(call.made, name, (name,)):
            inside = Value("map", items=((field, value),))
            arguments = tuple((block, inside) if each == name else (each, old) for each, old in call.arguments)
            yield replace(call, arguments=arguments), call


def _is_only(made: ApiClass, flat: str, names: tuple[str, ...]) -> bool:
    """Whether no other path of a construct has words that end, or are the end of, those of *flat*."""
    given = _telling(flat)
    if flat in made.arguments and len(names) > 1:
        return False
    for path in paths(made):
        other = _telling("_".join(path.names))
        if path.names != names and other and (given[-len(other) :] == other or other[-len(given) :] == given):
            return False
    return True


def _telling(name: str) -> list[str]:
    return [singular(word) for word in words(name) if singular(word) not in NOISE]


@cache
def resources(schema: Schema, package: str) -> dict[str, ApiClass]:
    """The resources of a package by their module's last name."""
    every = (each for module in schema.submodules(package) for each in (schema.module(module) or {}).values())
    return {each.submodule: each for each in every if each.kind == "resource"}


def struct_called_as_construct(call: Call) -> Iterator[Broken]:
    """Where only one resource that has a word of the struct's takes the arguments: that one is meant."""
    for struct, found in _structs_like(call):
        if len(found) == 1:
            yield replace(call, name=struct.short_name, other=struct), call


def struct_of_several_constructs(call: Call) -> Iterator[Broken]:
    for struct, found in _structs_like(call):
        if len(found) > 1:
            yield replace(call, name=struct.short_name, other=struct), call


def _structs_like(call: Call) -> Iterator[tuple[ApiClass, list[ApiClass]]]:
    """A struct of each resource whose name this one's begins with, and the resources that take what is given."""
    made = call.made
    if made.kind != "resource" or len(call.arguments) < 2:
        return
    every = resources(made.schema, made.schema.package_of(made.module))
    own = made.submodule.split("_")
    given = {name for name, _ in call.arguments}
    for length in range(len(own) - 1, 0, -1):
        parent = every.get("_".join(own[:length]))
        for struct in (made.schema.module(parent.module) or {}).values() if parent is not None else ():
            rest = words(struct.short_name)[len(words(parent.short_name)) :] if parent is not None else []
            suffixed = any(True for _ in made.schema.locate(f"{struct.short_name}A"))
            if struct.kind == "struct" and set(rest) & set(own[length:]) and not suffixed:
                like = {*own[:length], *rest}
                found = [
                    each
                    for each in every.values()
                    if like & set(each.submodule.split("_"))
                    and given <= set(each.arguments)
                    and set(each.required) <= given
                ]
                yield struct, found
                break


OPERATORS: dict[str, Callable[[Call], Iterator[Broken]]] = {
    "list removed": list_removed,
    "list added": list_added,
    "another type": another_type,
    "number for string": number_for_string,
    "dict in a list": struct_in_list_as_dict,
    "dict for a list": struct_as_dict_for_list,
    "class that never was": class_that_never_was,
    "class of another parent": class_of_another_parent,
    "wrapper left out": wrapper_left_out,
    "camelCase argument": camel_case_argument,
    "plural argument": plural_argument,
    "slip in an argument": slip_of_argument,
    "struct as a construct": struct_called_as_construct,
    "block written flat": block_written_flat,
    "argument in a block": argument_in_a_block,
    "struct of several": struct_of_several_constructs,
}
UNDETERMINED = frozenset(("struct of several",))
"""Of these more than one repair may be meant: they have to be shown, or repaired as meant."""


# What a construct is called otherwise: the module that it is looked for in, and the name.

Otherwise = Iterator[tuple[str, str]]


def provider_in_front(made: ApiClass) -> Otherwise:
    """``AwsVpc``; of a data source, whose name has it, ``DataVpc``."""
    package = made.schema.package_of(made.module)
    for known in provider_names(made.provider):
        if made.kind == "resource":
            yield package, f"{known.capitalize()}{made.short_name}"
            yield f"{package}.{known}_{made.submodule}", f"{known.capitalize()}{made.short_name}"
        elif made.kind == "data source":
            own = re.sub("[^a-z]", "", made.provider)
            yield package, f"Data{made.short_name[len('data' + own) :]}"


def lower_case(made: ApiClass) -> Otherwise:
    yield made.module, made.submodule


def slip_in_class(made: ApiClass) -> Otherwise:
    name = made.short_name
    if len(name) > 9 and name[5] != name[6] and not any(each.isdigit() for each in name[5:7]):
        yield made.module, f"{name[:5]}{name[6]}{name[5]}{name[7:]}"
        yield made.module, f"{name[:5]}{name[6:]}"


def service_by_another_name(made: ApiClass) -> Otherwise:
    """Where no other resource is called so, and no other service's."""
    package = made.schema.package_of(made.module)
    others = _by_service(made.schema, package)
    for name, modules in others.items():
        if modules == [made.submodule]:
            yield package, "".join(word.capitalize() for word in name.split("_"))
            yield f"{package}.{name}", "".join(word.capitalize() for word in name.split("_"))


@cache
def _by_service(schema: Schema, package: str) -> dict[str, list[str]]:
    known = [module.rpartition(".")[2] for module in schema.submodules(package)]
    letters = {singular_letters(each) for each in known}
    found: dict[str, list[str]] = {}
    for service, every in service_names(schema.provider_of(package)).items():
        for begins in every:
            for module in known:
                head = begins.replace(" ", "_")
                if begins and module.startswith(f"{head}_") and not module.startswith("data_"):
                    other = f"{service.replace(' ', '_')}{module.removeprefix(head)}"
                    if singular_letters(other) not in letters:
                        found.setdefault(other, []).append(module)
    same: dict[str, set[str]] = {}
    for other, modules in found.items():
        same.setdefault(singular_letters(other), set()).update(modules)
    return {other: modules for other, modules in found.items() if len(same[singular_letters(other)]) == 1}


def singular_letters(name: str) -> str:
    return "".join(map(singular, words(name)))


NAMES: dict[str, Callable[[ApiClass], Otherwise]] = {
    "provider in front": provider_in_front,
    "class in lower case": lower_case,
    "slip in a class": slip_in_class,
    "service's other name": service_by_another_name,
}


# Each style writes a call as a piece of a function's body; the last line makes the call.


def direct(call: Call) -> list[str]:
    return [call.code()]


def variable(call: Call) -> list[str]:
    lines, given = [], []
    for name, value in call.arguments:
        lines.append(f"{name}_value = {value.code()}")
        given.append((name, Value("text", f"{name}_value")))
    return [*lines, replace(call, arguments=tuple(given)).code()]


def unpacked(call: Call) -> list[str]:
    positional = ["scope", "'case'"] if call.made.is_construct else []
    pairs = ", ".join(f"{name!r}: {value.code()}" for name, value in call.arguments)
    return [f"options = {{{pairs}}}", f"{call.name or call.made.short_name}({', '.join([*positional, '**options'])})"]


STYLES = {"direct": direct, "variable": variable, "unpacked": unpacked}


def module_code(calls: list[Call], style: str, imports: set[tuple[str, str]], form: str = "from") -> str:
    """A file with one function a call."""
    lines = []
    for module, name in sorted(imports):
        package, _, last = module.partition(".")
        if form == "root":
            lines.append(f"from {package} import {name}")
        elif form == "namespace":
            lines.append(f"from {package}.{last.partition('_')[0]}x import {name}")
        else:
            lines.append(f"from {module} import {name}")
    for number, call in enumerate(calls):
        body = "\n    ".join(STYLES[style](call))
        lines.append(f"def case_{number}(scope):\n    {body}")
    return "\n".join(lines) + "\n"


def normalized(code: str) -> dict[str, str]:
    """Each function's body with imported names in full and variables put in, so that only what is said counts."""
    tree = ast.parse(code)
    names: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            names.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    result = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            local: dict[str, ast.expr] = {}
            for statement in node.body[:-1]:
                if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                    local[statement.targets[0].id] = statement.value
            last = node.body[-1]
            assert isinstance(last, ast.Expr)
            result[node.name] = ast.unparse(_Inline(local, names).visit(last.value))
    return result


class _Inline(ast.NodeTransformer):
    def __init__(self, local: dict[str, ast.expr], names: dict[str, str]) -> None:
        self.local = local
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.local:
            return self.visit(self.local[node.id])
        return ast.Name(self.names.get(node.id, node.id), node.ctx)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Dict) and isinstance(node.slice, ast.Constant):
            for key, value in zip(node.value.keys, node.value.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == node.slice.value:
                    return value
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        keywords = []
        for keyword in node.keywords:
            if keyword.arg is None and isinstance(keyword.value, ast.Dict):
                for key, value in zip(keyword.value.keys, keyword.value.values, strict=True):
                    assert isinstance(key, ast.Constant)
                    keywords.append(ast.keyword(str(key.value), value))
            else:
                keywords.append(keyword)
        if isinstance(node.func, ast.Name) and node.func.id == "str" and isinstance(node.args[0], ast.Constant):
            return ast.Constant(str(node.args[0].value))
        node.keywords = sorted(keywords, key=lambda each: each.arg or "")
        return node


@dataclass
class Score:
    """How one operator went: repaired as meant, shown with a reason, and neither."""

    total: int = 0
    repaired: int = 0
    shown: int = 0
    failures: list[str] | None = None


def score(
    schema: Schema,
    package: str,
    every: int = 1,
    styles: tuple[str, ...] = tuple(STYLES),
    only: Container[str] | None = None,
) -> dict[str, Score]:
    """Break and repair everything; the score by operator, ``valid`` (nothing may change) among them."""
    names = ("valid", *OPERATORS, "root import", "old namespace", *NAMES)
    scores = {name: Score(failures=[]) for name in names if only is None or name in only}
    for number, (_, calls) in enumerate(valid_calls(schema, package, every)):
        for case in cases(calls, styles[number % len(styles)], scores):
            _compare(schema, scores[case.operator], case.before, case.meant, case.count)
    return scores


@dataclass(frozen=True)
class Case:
    """A file that an operator has broken, what it should become, and how many calls are in it."""

    operator: str
    before: str
    meant: str
    count: int


def cases(calls: list[Call], style: str, wanted: Container[str]) -> Iterator[Case]:
    """What the wanted operators make of the calls of one module."""
    if "valid" in wanted:
        valid = module_code(calls, style, imports_of(calls))
        yield Case("valid", valid, valid, len(calls))
    for name, operator in OPERATORS.items():
        every = [(each, call) for call in calls for each in (operator(call) if name in wanted else ())]
        pairs = [each if isinstance(each, tuple) else (each, call) for each, call in every]
        if pairs:
            broken, meant = [each for each, _ in pairs], [each for _, each in pairs]
            before = module_code(broken, style, imports_of(broken) | made_up(broken))
            yield Case(name, before, module_code(meant, style, imports_of(meant)), len(broken))
    bare = [replace(call, arguments=()) for call in calls if call.made.is_construct]
    for form, name in (("root", "root import"), ("namespace", "old namespace")) if bare else ():
        if name in wanted:
            before = module_code(bare, style, imports_of(bare), form)
            yield Case(name, before, module_code(bare, style, imports_of(bare)), len(bare))
    for name, otherwise in NAMES.items():
        for call in bare if name in wanted else ():
            for module, other in otherwise(call.made):
                before = module_code([replace(call, name=other)], style, {(module, other)})
                yield Case(name, before, module_code([call], style, imports_of([call])), 1)


def imports_of(calls: list[Call]) -> set[tuple[str, str]]:
    return set().union(*(call.imports() for call in calls))


def made_up(calls: list[Call]) -> set[tuple[str, str]]:
    """The imports of classes that do not exist."""
    return {
        (call.made.module, name)
        for call in calls
        for name in re.findall(r"\b[A-Z]\w+(?:Block|Spec)(?=\()", call.code())
    }


def _compare(schema: Schema, score: Score, before: str, expected: str, count: int) -> None:
    result = repair({"main.py": before}, schema, SETTINGS)
    after = result.files[0].after if result.files else before
    shown = {finding.line for finding in result.findings if not finding.fixed}
    wanted, got = normalized(expected), normalized(after)
    functions = [node for node in ast.parse(before).body if isinstance(node, ast.FunctionDef)]
    lines = {node.name: range(node.lineno, (node.end_lineno or node.lineno) + 1) for node in functions}
    score.total += count
    for name, text in wanted.items():
        if got.get(name) == text:
            score.repaired += 1
        elif shown.intersection(lines[name]):
            score.shown += 1
        elif score.failures is not None:
            score.failures.append(f"expected {text}\n     got {got.get(name)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--provider", default=[], action="append")
    parser.add_argument("--package", default="cdktf_cdktf_provider_aws")
    parser.add_argument("--every", type=int, default=1, help="take each Nth module")
    parser.add_argument("--failures", type=int, default=3, help="how many to print for each operator")
    given = parser.parse_args()
    schema = Schema(choose([*map(asked, given.provider), Declaration(given.package, "", "--package")])[0])
    print(f"{given.package} {schema.snapshots[given.package].version}")
    worst = 1.0
    for name, each in score(schema, given.package, given.every).items():
        rate = each.repaired / each.total if each.total else 1.0
        worst = min(worst, 1.0 if name in UNDETERMINED else rate)
        wrong = each.total - each.repaired - each.shown
        print(f"{name:22} {each.total:7} cases  {rate:8.3%} repaired  {each.shown:6} shown  {wrong:6} neither")
        for failure in (each.failures or [])[: given.failures]:
            print(f"    {failure}")
    return 0 if worst >= 0.99 else 1


if __name__ == "__main__":
    sys.exit(main())
