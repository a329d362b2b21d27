"""``cdktf-fix schema``: the provider versions known here."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from cdktf_codemods.schema import ApiClass, Parameter, Schema
from cdktf_codemods.schema.assembly import Assembly, AssemblyError, download, downloaded, read_installed, read_wheel
from cdktf_codemods.schema.declarations import Declaration
from cdktf_codemods.schema.store import SHIPPED, Snapshot, save, snapshots, user_folder, version_key
from cdktf_codemods.schema.versions import DEFAULTS, UnknownProviderError, asked, choose


def list_snapshots() -> int:
    """Print every snapshot: package, version, Terraform provider version, and where it lies."""
    print(f"{'package':40} {'version':10} {'provider':10} where")
    for snapshot in sorted(snapshots(), key=lambda each: (each.package, version_key(each.version))):
        about = snapshot.about
        where = "shipped" if snapshot.path.parent == SHIPPED else str(snapshot.path.parent)
        default = " (default)" if DEFAULTS.get(snapshot.package) == snapshot.version else ""
        source = f" {snapshot.provider}" if about["terraform"] else ""
        print(
            f"{about['distribution']:40} {snapshot.version:10} {about['terraform'] or '-':10} {where}{default}{source}"
        )
    return 0


def show(name: str, providers: tuple[str, ...]) -> int:
    """Print what a module holds, or what a class takes and has; *name* may be short."""
    try:
        schema = Schema(_shown(name, list(map(asked, providers))))
    except (ValueError, UnknownProviderError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    modules = [full for full in _modules(schema) if full == name or full.endswith(f".{name}")]
    classes = [full for full in schema.locate(name.rpartition(".")[2]) if full == name or full.endswith(f".{name}")]
    for module in modules:
        print(module)
        for short in sorted(schema.snapshots[schema.package_of(module)].index[module]):
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


def _shown(name: str, wanted: list[Declaration]) -> list[Snapshot]:
    """A snapshot of each package, in the versions asked for; of cdktn, only where it is named.

    Generated bindings are called as they usually are: ``imports.aws.eip``.
    """
    named = {each.package for each in wanted}
    packages = {each.package for each in snapshots()}
    successor = name.startswith("cdktn")
    imported = {each for each in packages if successor or each in named or not each.startswith("cdktn")}
    if name.startswith(("imports.", "gen.")):
        imported.add(name)
    return choose(wanted, imported).snapshots


def add(package: str, stream: TextIO | None = None, verify: bool = False) -> int:
    """Read a provider's API and store it for this user; what was added is said on *stream*, else standard output.

    :param verify: keep its code too, so that projects can be verified for it though it is not installed.
    """
    try:
        if verify:
            with _wheel(package) as wheel:
                snapshot = save(read_wheel(wheel), user_folder())
                _keep(wheel, snapshot)
        else:
            snapshot = save(_assembly(package), user_folder())
    except (AssemblyError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    terraform = f" ({snapshot.provider} {snapshot.about['terraform']})" if snapshot.about["terraform"] else ""
    said = f"{snapshot.package} {snapshot.version}{terraform}: {len(snapshot.index)} modules, in {snapshot.path}"
    print(said, file=stream)
    return 0


def _assembly(package: str) -> Assembly:
    if package.endswith(".whl"):
        return read_wheel(Path(package))
    if package.isidentifier():
        return read_installed(package)
    return download(package)


def _wheel(package: str) -> AbstractContextManager[Path]:
    """The wheel that is meant.

    :raises AssemblyError: it is an installed package that is meant, of which there is nothing to keep.
    """
    if package.endswith(".whl"):
        return nullcontext(Path(package))
    if package.isidentifier():
        raise AssemblyError(f"{package}: what is installed is verified for as it is; --verify keeps a wheel")
    return downloaded(package)


def _keep(wheel: Path, snapshot: Snapshot) -> None:
    """Keep the code of a package.

    :raises AssemblyError: it cannot be used in parts, so it has to be installed.
    """
    from cdktf_codemods.oracle.parts import WholeError, keep

    try:
        keep(wheel, snapshot.package, snapshot.version)
    except WholeError as error:
        raise AssemblyError(f"{wheel.name}: cannot be verified for without being installed") from error


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
