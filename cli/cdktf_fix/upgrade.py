"""What ``--provider`` asks for is said where the project declares its versions, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cdktf_codemods import FileRepair, Settings
from cdktf_codemods.documents import DocumentError, PythonFile
from cdktf_codemods.documents.pins import Raise, raises
from cdktf_codemods.schema.declarations import LOCKS, declared, declaring_files
from cdktf_codemods.schema.raising import Target, targets
from cdktf_codemods.schema.versions import asked, distribution, short_name
from cdktf_codemods.syntax.splices import Splice, spliced

from .options import Done, PinFound
from .output import shown_path
from .projects import Work

if TYPE_CHECKING:
    from cdktf_codemods.schema import Schema


def raise_pins(
    done: Done, work: Work, providers: tuple[str, ...], schema: Schema, settings_of: Callable[[str], Settings]
) -> None:
    """Add to what becomes of a project the versions that its files are to ask for from now on.

    They are raised where unsafe fixes are made: whoever installs the project gets other packages. Only files of the
    project, or below the folder that was asked for, are changed.
    """
    wanted, terraform = _wanted(providers, schema)
    raised: set[str] = set()
    for path in declaring_files(work.root, work.top):
        try:
            document = PythonFile.read(path)
        except DocumentError:
            continue  # The note on what is declared says so.
        found = list(raises(path, document.text, wanted, terraform))
        raised.update(each.pin.name for each in found)
        own = any(path.is_relative_to(top) for top in (work.root, work.top or work.root))
        unsafe = settings_of(str(path)).unsafe
        done.pins += (_found(document, each, own, unsafe) for each in found)
        edits = tuple(_edits(found)) if own and unsafe else ()
        if edits:
            after = spliced(document.text, edits)
            shown = path.relative_to(work.root).as_posix() if path.is_relative_to(work.root) else path.as_posix()
            done.changed.append((document, FileRepair(shown, document.text, after, edits)))
    done.notes += _left(work, wanted, raised)


def _wanted(providers: tuple[str, ...], schema: Schema) -> tuple[dict[str, Target], dict[str, str]]:
    """The versions of packages by import name, and those of Terraform providers by short name."""
    wanted: dict[str, Target] = {}
    terraform: dict[str, str] = {}
    for declaration in map(asked, providers):
        name = short_name(declaration.package)
        chosen = [each for each in schema.snapshots.values() if short_name(each.package) == name]
        for snapshot in chosen:
            if f"=={snapshot.version}" == declaration.constraint and snapshot.about["terraform"]:
                terraform[name] = str(snapshot.about["terraform"])
            own = replace(declaration, package=snapshot.package)
            # What is asked for counts more than what another one needs; generated bindings need nothing.
            needed = {} if any(each.mounted for each in chosen) else targets(own, schema.snapshots.values())
            wanted = {**needed, **wanted, **targets(own, ())}
    return wanted, terraform


def _found(document: PythonFile, each: Raise, own: bool, unsafe: bool) -> PinFound:
    before = document.text[: each.pin.start]
    is_provider = each.pin.dialect == "terraform"
    what = f"{each.pin.name}@{each.old}" if is_provider else f"{distribution(each.pin.name)} {each.old}"
    text = f"`{what}` is another version than the code is repaired for"
    why = each.why if own else "the file is outside of what was asked for"
    text += f"; it is `{each.new}`" if each.new is not None and own else f"; {why}"
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    can = each.new is not None and own
    return PinFound(document.path, line, column, text, raised=can and unsafe, possible=can)


def _edits(found: list[Raise]) -> Iterator[Splice]:
    for each in found:
        if each.new is not None:
            yield Splice(each.pin.start, each.pin.end, each.new)


def _left(work: Work, wanted: dict[str, Target], raised: set[str]) -> Iterator[str]:
    """What declares other versions and cannot be changed by hand, a line each."""
    for each in declared(work.root, work.top).versions:
        target = wanted.get(each.package)
        if target is None or target.is_met(each.constraint):
            continue
        source = shown_path(Path(work.root, each.source))
        what = f"{source} has {distribution(each.package)}{each.constraint}"
        if Path(each.source).name in LOCKS:
            yield f"{source} is for other versions: make it anew"
        elif each.package not in raised:
            yield f"{what}: it is in no form that can be raised"
