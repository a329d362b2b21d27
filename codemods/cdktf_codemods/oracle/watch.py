"""Sees every value that goes to jsii: the keys that it will drop, and the line that makes each construct.

Runs in the project's process.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from ..schema import ApiClass, Schema
from ..schema.naming import camel_case
from ..schema.types import ListOf, Named, TypeRef


class Watch:
    """What was seen; ``is_on`` is False once the project put something else in its place.

    ``was_to_be_replaced`` says that it tried to by an assignment, which does nothing.
    """

    def __init__(self, schema: Schema, root: str) -> None:
        import jsii

        self._schema = schema
        self._root = root
        self._paths: dict[int, str] = {}
        self._kept: list[object] = []
        self._module = jsii
        self._create: Callable[..., object] = jsii.create
        self.dropped: list[dict[str, Any]] = []
        self.constructs: dict[str, tuple[str, int]] = {}
        self._watched = self._watching
        jsii.create = self._watched  # type: ignore[assignment]
        self.was_to_be_replaced = False
        jsii.__class__ = self._guarded()

    def _guarded(self) -> type[ModuleType]:
        watch = self

        class Guarded(ModuleType):
            def __setattr__(self, name: str, value: object) -> None:
                if name == "create":
                    watch.was_to_be_replaced = True
                else:
                    super().__setattr__(name, value)

        return Guarded

    @property
    def is_on(self) -> bool:
        return getattr(self._module, "create", None) is self._watched

    def _watching(self, made: type, instance: object, args: list[Any]) -> object:
        described = self._schema.find(f"{made.__module__}.{made.__qualname__}")
        place = self._place()
        if described is not None and args and hasattr(args[-1], "_values"):
            for construct, argument, key in dropped(args[-1], described, described.short_name):
                self.dropped.append({"construct": construct, "argument": argument, "key": key, "place": place})
        if len(args) > 1 and isinstance(args[1], str):
            path = f"{self._paths[id(args[0])]}/{args[1]}" if id(args[0]) in self._paths else args[1]
            self._paths[id(instance)] = path
            self._kept.append(instance)
            if place is not None:
                self.constructs.setdefault(path, place)
        return self._create(made, instance, args)

    def _place(self) -> tuple[str, int] | None:
        """The innermost line of the project that is running."""
        frame = sys._getframe(2)
        while frame is not None:
            name = frame.f_code.co_filename
            if name.startswith(self._root):
                return name[len(self._root) :].lstrip("/"), frame.f_lineno
            frame = frame.f_back  # type: ignore[assignment]
        return None


def dropped(struct: Any, described: ApiClass, construct: str) -> Iterator[tuple[str, str, str]]:
    """The keys that jsii drops inside of a struct: those of dicts in lists, spelled as it does not know them."""
    for name, value in struct._values.items():
        parameter = described.arguments.get(name)
        if parameter is not None:
            yield from _dropped_in(value, parameter.type, described.schema, construct, name)


def _dropped_in(
    value: Any, want: TypeRef, schema: Schema, construct: str, place: str
) -> Iterator[tuple[str, str, str]]:
    for option in want.options:
        if isinstance(option, ListOf) and isinstance(value, (list, tuple)):
            for item in value:
                yield from _dropped_in(item, option.element, schema, construct, place)
        elif isinstance(option, Named) and (described := schema.find(option.name)) and described.kind == "struct":
            if hasattr(value, "_values"):
                yield from dropped(value, described, construct)
            elif isinstance(value, dict):
                yield from _dropped_keys(value, described, construct, place)


def _dropped_keys(
    value: dict[str, Any], described: ApiClass, construct: str, place: str
) -> Iterator[tuple[str, str, str]]:
    known = {camel_case(name): parameter for name, parameter in described.arguments.items()}
    for key, inner in value.items():
        parameter = known.get(key)
        if parameter is None:
            yield construct, place, str(key)
        else:
            yield from _dropped_in(inner, parameter.type, described.schema, construct, f"{place}.{key}")
