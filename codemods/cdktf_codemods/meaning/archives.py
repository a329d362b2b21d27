"""The archives of functions: who writes one, and what of the project one is made of."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

import libcst as cst

from ..syntax.walk import descendants
from .base import Source
from .occurrences import pieces, resources_with

_MODES = re.compile(r"[wxa]b?\+?")
_OPENERS = ("zipfile.ZipFile", "zipfile.PyZipFile", "builtins.open", "tarfile.open", "pathlib.Path.open")
_WRITERS = ("shutil.make_archive", "shutil.copy", "shutil.copyfile", "shutil.copy2", "shutil.move", "os.system")
_METHODS = ("write_bytes", "write_text", "touch", "make_archive")
_CONSTRUCTS = ("TerraformAsset",)
_OUTPUTS = ("output_path",)
_MOST = 500
"""Files in an archive; a folder with more is no function's source alone."""


def is_written(source: Source, path: str) -> bool:
    """Whether the project itself makes a file: its code writes it, or a script or Makefile names it."""
    name = posixpath.basename(path)
    stem = name.removesuffix(".zip")
    code = any(_writes(each, call, name, stem) for each in source.holding(stem) for call in each.names.calls)
    return code or bool(resources_with(source, name))


def _writes(source: Source, call: cst.Call, name: str, stem: str) -> bool:
    called = source.name_called(call)
    made = source.called(call)
    method = call.func.attr.value if isinstance(call.func, cst.Attribute) else ""
    if called in _OPENERS or (method == "open" and not called):
        if not any(_MODES.fullmatch(text) for arg in call.args for text in pieces(source, arg.value)):
            return False
    elif made is not None and source.schema.core_member(made.name) not in _CONSTRUCTS:
        outputs = [arg for arg in call.args if arg.keyword is not None and arg.keyword.value in _OUTPUTS]
        return any(_names(source, arg.value, (name,)) for arg in outputs)
    elif made is None and called not in _WRITERS and method not in _METHODS and not called.startswith("subprocess."):
        return False
    return _names(source, call, (name, stem) if "make_archive" in (method, called.rpartition(".")[2]) else (name,))


def _names(source: Source, node: cst.CSTNode, names: tuple[str, ...]) -> bool:
    """Whether a path that ends in one of the names is said in an expression."""
    kinds = (cst.SimpleString, cst.FormattedString, cst.Name, cst.Attribute)
    texts = ("".join(pieces(source, each)) for each in descendants(node) if isinstance(each, kinds))
    ends = re.compile(rf"(?:^|[/\s=])(?:{'|'.join(map(re.escape, names))})(?:$|\s)")
    return any(ends.search(text) for text in texts)


def homes(source: Source, module: str, function: str, archive: str) -> list[str]:
    """The folders of the project that may hold a function's module, where there are several the likeliest alone.

    :param module: the path of the module's file in the archive.
    """
    found = [path[: -len(module)] for path in _paths(source) if path == module or path.endswith(f"/{module}")]
    found = [home for home in found if _defines(read(source, home + module), function)]
    stem = posixpath.basename(archive).removesuffix(".zip")
    beside = posixpath.join(posixpath.dirname(archive), "").lstrip("/")
    for likely in ([home for home in found if posixpath.basename(home.rstrip("/")) == stem], [beside]):
        if len(likely) == 1 and likely[0] in found:
            return likely
    return found


def contents(source: Source, home: str, module: str) -> dict[str, bytes] | None:
    """What a function's archive holds: its folder, or the module alone where the folder holds more than the function.

    None where that is too much.
    """
    inside = [path for path in _paths(source) if path.startswith(home) and not path.endswith(".zip")]
    if not home or any(_is_infrastructure(read(source, path)) for path in inside if path.endswith(".py")):
        inside = [home + module]
    if len(inside) > _MOST:
        return None
    return {path[len(home) :]: read(source, path) for path in sorted(inside)}


def read(source: Source, path: str) -> bytes:
    """A file of the project as it stands."""
    resources = source.project.resources or {}
    return resources[path] if path in resources else source.project.files[path].encode()


def _paths(source: Source) -> Iterator[str]:
    yield from dict.fromkeys((*source.project.files, *(source.project.resources or ())))


def _defines(code: bytes, function: str) -> bool:
    return re.search(rf"\b{re.escape(function)}\b".encode(), code) is not None and not _is_infrastructure(code)


def _is_infrastructure(code: bytes) -> bool:
    return re.search(rb"(?m)^\s*(?:from|import) (?:cdktf|cdktn|constructs)", code) is not None
