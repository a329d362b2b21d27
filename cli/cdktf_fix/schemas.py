"""``cdktf-fix schema``: the provider versions known here."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path

from cdktf_codemods.schema import ApiClass, Parameter, Schema
from cdktf_codemods.schema.assembly import Assembly, AssemblyError, download, read_installed, read_wheel
from cdktf_codemods.schema.store import SHIPPED, save, snapshots, user_folder
from cdktf_codemods.schema.versions import DEFAULTS, UnknownProviderError, asked, choose


def list_snapshots() -> int:
    """Print every snapshot: package, version, Terraform provider version, and where it lies."""
    print(f"{'package':40} {'version':10} {'provider':10} where")
    for snapshot in snapshots():
        about = snapshot.about
        where = "shipped" if snapshot.path.parent == SHIPPED else str(snapshot.path.parent)
        default = " (default)" if DEFAULTS.get(snapshot.package) == snapshot.version else ""
        print(f"{about['distribution']:40} {snapshot.version:10} {about['terraform'] or '-':10} {where}{default}")
    return 0


def show(name: str, providers: tuple[str, ...]) -> int:
    """Print what a module holds, or what a class takes and has; *name* may be short."""
    try:
        schema = Schema(choose(map(asked, providers))[0])
    except (ValueError, UnknownProviderError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    modules = [full for full in _modules(schema) if full == name or full.endswith(f".{name}")]
    classes = [full for full in schema.locate(name.rpartition(".")[2]) if full == name or full.endswith(f".{name}")]
    for module in modules:
        print(module)
        for short in sorted(schema.snapshots[module.partition(".")[0]].index[module]):
            print(f"    {short}")
    for full in classes:
        if (described := schema.find(full)) is not None:
            _print_class(described)
    if modules or classes:
        return 0
    known = {full.rpartition(".")[2] for full in _modules(schema)}
    known.update(*(names for snapshot in schema.snapshots.values() for names in snapshot.index.values()))
    near = get_close_matches(name.rpartition(".")[2], known, 3)
    print(f"error: no module or class {name}" + (f"; near: {', '.join(near)}" if near else ""), file=sys.stderr)
    return 2


def add(package: str) -> int:
    """Read a provider's API and store it for this user."""
    try:
        snapshot = save(_assembly(package), user_folder())
    except (AssemblyError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"{snapshot.package} {snapshot.version}: {len(snapshot.index)} modules, in {snapshot.path}")
    return 0


def _assembly(package: str) -> Assembly:
    if package.endswith(".whl"):
        return read_wheel(Path(package))
    if "=" not in package and package.isidentifier():
        return read_installed(package)
    return download(package)


def _modules(schema: Schema) -> list[str]:
    return [module for snapshot in schema.snapshots.values() for module in snapshot.index]


def _print_class(described: ApiClass) -> None:
    print(f"{described.kind} {described.name}")
    for parameter in described.signature.parameters.values():
        print(f"    {parameter.name}: {parameter.type}{_mark(parameter)}")
    written = set(described.signature.parameters)
    read = [name for name in described.attributes if name not in written and not name.endswith("_input")]
    if described.kind != "struct" and read:
        print("  attributes")
        for name in read:
            print(f"    {name}: {described.attributes[name]}")
    for member in described.members:
        print(f"    {member}")


def _mark(parameter: Parameter) -> str:
    if not parameter.keyword:
        return " (positional)"
    return "" if parameter.optional else " (required)"
