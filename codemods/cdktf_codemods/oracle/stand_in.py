"""Stands in for provider packages, in the sandbox: loads what a project names, and says what it asks for beyond that.

The package's own ``__init__`` imports every submodule (2,146 of AWS: 10 seconds with byte code), its assembly has all
of their types. Here the package is a module that imports a submodule when it is asked for, and the kernel is given an
assembly of those that the project names.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NoReturn

from .parts import Parts

ALL = "*"
"""Says that a project needs a package whole."""

Need = Callable[[str, str], NoReturn]
"""Ends the project, for it needs a submodule of a package that is not loaded."""


def load(package: str, parts: Parts, wanted: Sequence[str], folder: Path) -> None:
    """Load a package with some of its submodules into this process's kernel; *folder* is for what the kernel reads."""
    spec = importlib.util.find_spec(package)
    assert spec is not None
    stand_in = importlib.util.module_from_spec(spec)
    stand_in.__class__ = _Package
    vars(stand_in).update(_submodules=frozenset(parts.submodules), _loaded=frozenset(wanted))
    sys.modules[package] = stand_in
    target = folder / f"{package}.tar"
    parts.tarball(wanted, target)
    try:
        with given({parts.name: str(target)}):
            importlib.import_module(f"{package}._jsii")
    finally:
        target.unlink()


@contextmanager
def given(tarballs: Mapping[str, str]) -> Iterator[None]:
    """The kernel is given these tarballs for the packages of these names in jsii, instead of the packages' own."""
    import jsii

    original = jsii.kernel.load

    def load(name: str, version: str, tarball: str) -> None:
        original(name, version, tarballs.get(name, tarball))

    jsii.kernel.load = load  # type: ignore[method-assign]
    try:
        yield
    finally:
        del jsii.kernel.load


def load_whole(package: str) -> None:
    """Load a package as Python and jsii would."""
    importlib.import_module(f"{package}._jsii")


class _Package(ModuleType):
    """A package whose submodules are imported when they are asked for."""

    def __getattr__(self, name: str) -> Any:
        known = vars(self)
        if name in known["_submodules"]:
            return importlib.import_module(f"{self.__name__}.{name}")
        if name == "__all__" and "_need" in known:
            if not known["_loaded"] >= known["_submodules"]:
                known["_need"](self.__name__, ALL)
            return sorted(known["_submodules"])
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def __dir__(self) -> list[str]:
        return sorted(vars(self)["_submodules"])


class Beyond:
    """Finds no module, and ends the project where it asks for one that the kernel does not have.

    :param loaded: the submodules that the kernel has of each package that is not there whole.
    :param prefixes: where the byte code of those is, by package, if Python would not find it (``sys.pycache_prefix``).
    """

    def __init__(
        self,
        parts: Mapping[str, Parts],
        loaded: Mapping[str, Sequence[str]],
        prefixes: Mapping[str, str],
        need: Need,
    ) -> None:
        self._parts = parts
        self._loaded = loaded
        self._prefixes = prefixes
        self._need = need
        for package in loaded:
            vars(sys.modules[package])["_need"] = need

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        package, _, rest = name.partition(".")
        if package in self._parts:
            submodule = rest.partition(".")[0]
            if package not in self._loaded:
                self._need(package, submodule)
            if submodule in self._parts[package].submodules and submodule not in self._loaded[package]:
                self._need(package, submodule)
            if package in self._prefixes:
                return _compiled(PathFinder.find_spec(name, path, target), self._prefixes[package])
        return None


def _compiled(spec: ModuleSpec | None, prefix: str) -> ModuleSpec | None:
    if spec is not None and type(spec.loader) is SourceFileLoader:
        spec.loader = _Compiled(spec.loader.name, spec.loader.path)
        spec.loader.prefix = prefix
    return spec


class _Compiled(SourceFileLoader):
    """Loads a module whose byte code lies where Python would look for none."""

    prefix: str

    def get_code(self, fullname: str) -> CodeType | None:
        before, sys.pycache_prefix = sys.pycache_prefix, self.prefix
        try:
            return super().get_code(fullname)
        finally:
            sys.pycache_prefix = before
