"""Synthesises projects with the real cdktf, one forked child a project over one warm jsii kernel.

This runs the code of the project. It is not locked up: use it on code that you trust.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from ..schema import ApiClass, Schema
from ..schema.naming import camel_case
from ..schema.types import ListOf, Named, TypeRef
from ..source.project import ENTRY_POINTS


@dataclass(frozen=True)
class Dropped:
    """A key of a dict that jsii dropped without a word: the construct, the place of the dict, and the key."""

    construct: str
    place: str
    key: str


@dataclass(frozen=True)
class Synthesis:
    """What became of one project.

    ``error`` is None where it synthesised, else the exception's type and message; ``stacks`` has the synthesised JSON
    of each stack by its name.
    """

    error: str | None
    stacks: dict[str, dict[str, Any]] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()


class Synthesizer:
    """A warm kernel with cdktf and the providers loaded. A context manager; make one a process.

    :param packages: import names of the provider packages to load.
    """

    def __init__(self, schema: Schema, packages: tuple[str, ...] = ("cdktf_cdktf_provider_aws",)) -> None:
        self.schema = schema
        self._packages = packages
        self._home = Path.cwd()
        self._folder = Path(tempfile.mkdtemp(prefix="cdktf-fix-synth-"))

    def __enter__(self) -> Synthesizer:
        if "cdktf" in sys.modules:
            raise RuntimeError("cdktf is loaded already, so its kernel runs in another folder; use a fresh process")
        os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "1")
        os.environ.setdefault("JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION", "1")
        os.environ.setdefault("JSII_RUNTIME_PACKAGE_CACHE", "enabled")
        # The kernel resolves paths from the folder that it is started in, so each project is put into that folder.
        os.chdir(self._folder)
        __import__("cdktf")
        for package in self._packages:
            __import__(f"{package}._jsii")
        os.chdir(self._home)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def synthesize(self, project: Path, entry: str | None = None) -> Synthesis:
        """Run the project's entry point as ``cdktf synth`` does, on a copy.

        :raises FileNotFoundError: the project has no entry point.
        """
        entry = entry or next((name for name in ENTRY_POINTS if (project / name).is_file()), None)
        if entry is None:
            raise FileNotFoundError(f"{project}: none of {', '.join(ENTRY_POINTS)}")
        for left in self._folder.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        shutil.copytree(project, self._folder, dirs_exist_ok=True)
        error, dropped = self._in_child(entry)
        stacks = {
            path.parent.name: json.loads(path.read_text(encoding="utf-8"))
            for path in sorted(self._folder.glob("cdktf.out/stacks/*/cdk.tf.json"))
        }
        return Synthesis(error, stacks, tuple(Dropped(**each) for each in dropped))

    def _in_child(self, entry: str) -> tuple[str | None, list[dict[str, str]]]:
        reader, writer = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if child == 0:
            os.close(reader)
            status = 1
            try:
                answer = self._run(entry)
                os.write(writer, json.dumps(answer).encode())
                status = 0
            finally:
                os._exit(status)
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            data = pipe.read()
        os.waitpid(child, 0)
        return tuple(json.loads(data)) if data else ("the process died", [])

    def _run(self, entry: str) -> tuple[str | None, list[dict[str, str]]]:
        import runpy

        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        os.chdir(self._folder)
        sys.path.insert(0, str(self._folder))
        sys.argv = [entry]
        dropped: list[Dropped] = []
        _watch(self.schema, dropped)
        try:
            runpy.run_path(entry, run_name="__main__")
            return None, [asdict(each) for each in dropped]
        except SystemExit as stopped:
            return (f"SystemExit: {stopped.code}" if stopped.code else None), [asdict(each) for each in dropped]
        except BaseException as error:
            message = "".join(traceback.format_exception_only(error)).strip()
            return message, [asdict(each) for each in dropped]


def _watch(schema: Schema, dropped: list[Dropped]) -> None:
    """See every value that goes to jsii, and note the keys that it will drop."""
    import jsii

    create = jsii.create

    def watched(made: type, instance: object, args: list[Any]) -> object:
        described = schema.find(f"{made.__module__}.{made.__qualname__}")
        if described is not None and args and hasattr(args[-1], "_values"):
            dropped.extend(_dropped(args[-1], described, described.short_name))
        return create(made, instance, args)

    jsii.create = watched  # type: ignore[assignment]


def _dropped(struct: Any, described: ApiClass, construct: str) -> Iterator[Dropped]:
    """The keys that jsii drops inside of a struct: those of dicts in lists, spelled as it does not know them."""
    for name, value in struct._values.items():
        parameter = described.arguments.get(name)
        if parameter is not None:
            yield from _dropped_in(value, parameter.type, described.schema, construct, name)


def _dropped_in(value: Any, want: TypeRef, schema: Schema, construct: str, place: str) -> Iterator[Dropped]:
    for option in want.options:
        if isinstance(option, ListOf) and isinstance(value, (list, tuple)):
            for item in value:
                yield from _dropped_in(item, option.element, schema, construct, place)
        elif isinstance(option, Named) and (described := schema.find(option.name)) and described.kind == "struct":
            if hasattr(value, "_values"):
                yield from _dropped(value, described, construct)
            elif isinstance(value, dict):
                yield from _dropped_keys(value, described, construct, place)


def _dropped_keys(value: dict[str, Any], described: ApiClass, construct: str, place: str) -> Iterator[Dropped]:
    known = {camel_case(name): parameter for name, parameter in described.arguments.items()}
    for key, inner in value.items():
        parameter = known.get(key)
        if parameter is None:
            yield Dropped(construct, place, str(key))
        else:
            yield from _dropped_in(inner, parameter.type, described.schema, construct, f"{place}.{key}")
