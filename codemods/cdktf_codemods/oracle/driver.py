"""Runs a project: its entry point, or, where it has none, every stack with plausible arguments. Inside the sandbox."""

from __future__ import annotations

import importlib.util
import inspect
import runpy
import sys
from pathlib import Path
from typing import Any

_BY_NAME = {"region": "us-east-1", "cidr": "10.0.0.0/16", "account": "123456789012", "zone": "us-east-1a"}
_BY_TYPE: dict[object, Any] = {str: "test", int: 1, float: 1.0, bool: False, list: [], dict: {}, tuple: ()}
_BY_WORD = {kind.__name__: kind for kind in _BY_TYPE if isinstance(kind, type)}


class NoEntryPointError(Exception):
    """Nothing to run: no entry point, and no file that defines a stack."""


def run(entry: str | None, folder: Path, files: list[str]) -> None:
    """Run the entry point as ``cdktf synth`` does, or build every stack that the files define.

    :raises NoEntryPointError: there is neither.
    """
    if entry is not None:
        runpy.run_path(str(folder / entry), run_name="__main__")
        return
    import cdktf

    app = cdktf.App()
    built = 0
    for path in files:
        for name, stack in vars(_load(folder / path)).items():
            if inspect.isclass(stack) and issubclass(stack, cdktf.TerraformStack) and stack.__module__ == _name(path):
                built += 1
                stack(app, f"{name}-{built}", **_arguments(stack))
    if not built:
        raise NoEntryPointError("no entry point (tap.py, main.py, app.py), and no file defines a stack")
    app.synth()


def _name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _load(path: Path) -> Any:
    name = _name(path.relative_to(Path.cwd()).as_posix())
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _arguments(stack: type) -> dict[str, Any]:
    """A value for every parameter behind the scope and the id that has no default."""
    given = {}
    for parameter in list(inspect.signature(stack.__init__).parameters.values())[3:]:  # type: ignore[misc]
        named = parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
        if named and parameter.default is parameter.empty:
            given[parameter.name] = _plausible(parameter)
    return given


def _plausible(parameter: inspect.Parameter) -> Any:
    for word, value in _BY_NAME.items():
        if word in parameter.name:
            return value
    annotation = parameter.annotation
    if isinstance(annotation, str):
        annotation = _BY_WORD.get(annotation.partition("[")[0].lower())
    return _BY_TYPE.get(getattr(annotation, "__origin__", annotation), "test")
