from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from constructs import Construct

Add = Callable[..., Construct]


@dataclass
class Context:
    scope: Construct
    namespace: str
    results: dict[str, Construct] = field(default_factory=dict)

    def metadata(self, name: str, **labels: str) -> dict[str, Any]:
        return {"name": name, "namespace": self.namespace, "labels": {"app": name, **labels}}


@dataclass(frozen=True)
class Entry:
    add: Add
    order: int = 0
    options: dict[str, Any] = field(default_factory=dict)


REGISTERED: dict[str, Entry] = {}


def service(name: str | None = None, *, order: int = 0, **options: Any) -> Callable[[Add], Add]:
    """Register a function that adds a service; it may have a name of its own and options."""

    def register(add: Add) -> Add:
        @wraps(add)
        def checked(context: Context, **given: Any) -> Construct:
            if not context.namespace:
                raise ValueError("no namespace")
            return add(context, **{**options, **given})

        REGISTERED[name or add.__name__] = Entry(checked, order, options)
        return checked

    return register
