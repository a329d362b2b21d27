"""Every class, argument, type and optionality of a snapshot against the Python that jsii generated for the package."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cdktf_codemods.schema import ApiClass, Parameter, Schema
from cdktf_codemods.schema.types import ListOf, MapOf, Named, OneOf, Primitive, TypeRef
from cdktf_codemods.schema.versions import choose

ALIAS = re.compile(r"_(\w+)_[0-9a-f]{8}\.")
PRIMITIVES = {
    "string": "builtins.str",
    "number": "jsii.Number",
    "boolean": "builtins.bool",
    "any": "typing.Any",
    "json": "typing.Mapping[typing.Any, typing.Any]",
    "date": "datetime.datetime",
}


@pytest.fixture(scope="module")
def schema() -> Schema:
    return Schema(choose([])[0])


def generated(package: str) -> Iterator[tuple[str, ast.ClassDef]]:
    spec = importlib.util.find_spec(package)
    assert spec is not None, f"{package} is not installed"
    assert spec.origin is not None
    root = Path(spec.origin).parent
    for path in sorted(root.rglob("__init__.py")):
        module = ".".join([package, *path.parent.relative_to(root).parts])
        if module.endswith("_jsii"):
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield module, node


def python_type(schema: Schema, kind: TypeRef) -> str:
    """The annotation that jsii-pacmak writes for a type reference."""
    match kind:
        case Primitive(name):
            return PRIMITIVES[name]
        case ListOf(element):
            return f"typing.Sequence[{python_type(schema, element)}]"
        case MapOf(value):
            return f"typing.Mapping[builtins.str, {python_type(schema, value)}]"
        case OneOf(members):
            return f"typing.Union[{', '.join(python_type(schema, member) for member in members)}]"
        case Named(name):
            described = schema.find(name)
            if described is not None and described.kind == "struct":
                return f"typing.Union[{name}, typing.Dict[builtins.str, typing.Any]]"
            return name
    raise AssertionError(kind)


def expected(described: ApiClass) -> list[tuple[str, str, bool]]:
    return [row(described.schema, parameter) for parameter in described.signature.parameters.values()]


def row(schema: Schema, parameter: Parameter) -> tuple[str, str, bool]:
    text = python_type(schema, parameter.type)
    optional = parameter.optional and text != "typing.Any"
    return parameter.name, f"typing.Optional[{text}]" if optional else text, parameter.optional


def found(module: str, init: ast.FunctionDef) -> list[tuple[str, str, bool]]:
    positional = init.args.args[1:]
    defaults = [None] * (len(positional) - len(init.args.defaults)) + list(init.args.defaults)
    rows = [*zip(positional, defaults, strict=True), *zip(init.args.kwonlyargs, init.args.kw_defaults, strict=True)]
    if init.args.vararg is not None:
        rows.append((init.args.vararg, None))
    return [(argument.arg, annotation(module, argument.annotation), default is not None) for argument, default in rows]


def annotation(module: str, node: ast.expr | None) -> str:
    assert node is not None
    text = ALIAS.sub(r"\1.", ast.unparse(node)).replace("'", "")
    package = module.partition(".")[0]

    def full(match: re.Match[str]) -> str:
        name = match[0]
        if name.startswith(("typing.", "builtins.", "jsii.", "datetime.", "cdktf.", "constructs.", package)):
            return name
        return f"{module}.{name}"

    return re.sub(r"[A-Za-z_][\w.]*", full, text)


@pytest.mark.slow
@pytest.mark.parametrize("package", ["constructs", "cdktf", "cdktf_cdktf_provider_aws"])
def test_every_class_and_argument(schema: Schema, package: str) -> None:
    compared = 0
    differences = []
    seen = set()
    for module, node in generated(package):
        name = f"{module}.{node.name}"
        seen.add(name)
        described = schema.find(name)
        if described is None:
            if not node.name.endswith("Proxy"):
                differences.append(f"{name}: not in the snapshot")
            continue
        if described.kind in ("interface", "enum"):
            continue
        init = next((each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"), None)
        if init is None:
            continue
        compared += 1
        wanted, given = sorted(expected(described)), sorted(found(module, init))
        if wanted != given:
            wrong = [pair for pair in zip(wanted, given, strict=False) if pair[0] != pair[1]]
            differences.append(f"{name}: {wrong[:2] or (len(wanted), len(given))}")
    missing = [
        f"{module}.{short}"
        for module in schema.snapshots[package].index
        for short in schema.module(module) or ()
        if f"{module}.{short}" not in seen and "." not in short
    ]
    assert not differences, f"{len(differences)}: " + "\n".join(differences[:20])
    assert not missing, f"{len(missing)}: {missing[:20]}"
    assert compared >= {"constructs": 5, "cdktf": 100, "cdktf_cdktf_provider_aws": 23_000}[package]
