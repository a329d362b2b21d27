"""Where the files of a response stand, by what its code imports: names are often given without their folder."""

from __future__ import annotations

from collections.abc import Mapping

from ...knowledge.entry_points import ENTRY_POINTS
from ...syntax.imports import really_imported


def placed(codes: Mapping[str, str]) -> dict[str, str]:
    """By the name that a file is given, its path below the project's root.

    ``tap_stack.py`` is ``lib/tap_stack.py`` where the code imports ``lib.tap_stack``; ``lib/stacks/x.py`` is
    ``stacks/x.py`` where it imports ``stacks.x`` and never ``lib``.
    """
    names = {name for code in codes.values() for name in really_imported(code)}
    wanted = {module.replace(".", "/") for module in names}
    paths = {name: _completed(name, wanted, codes) for name in codes}
    root = _root(list(paths.values()), wanted)
    return {name: path.removeprefix(root) for name, path in paths.items()}


def _completed(name: str, wanted: set[str], codes: Mapping[str, str]) -> str:
    module = name.removesuffix(".py").removesuffix("/__init__")
    if module in wanted or name in ENTRY_POINTS:
        return name
    longer = sorted(each for each in wanted if each.endswith(f"/{module}") and f"{each}.py" not in codes)
    packages = {each.rpartition("/")[0] for each in wanted}
    # Of `a.b.c` it is not known whether c is a module or something in one.
    longer = [each for each in longer if each in packages] or longer
    return longer[0] + name[len(module) :] if len(longer) == 1 else name


def _root(paths: list[str], wanted: set[str]) -> str:
    """The folder, with a ``/``, that all files are in and that is the source root; nothing where there is none."""
    root = ""
    while True:
        inner = [path.removeprefix(root) for path in paths]
        top = inner[0].partition("/")[0] if inner else ""
        if not inner or not all(path.startswith(f"{top}/") for path in inner):
            return root
        below = [path.removeprefix(f"{top}/") for path in inner]
        modules = {path.removesuffix(".py").removesuffix("/__init__") for path in below}
        is_package = any(each == top or each.startswith(f"{top}/") for each in wanted)
        if is_package or not (modules & wanted or not set(below).isdisjoint(ENTRY_POINTS)):
            return root
        root += f"{top}/"
