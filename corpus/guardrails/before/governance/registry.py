"""Stacks by name. A stack registers itself with the decorator."""

from typing import Any, Callable, Dict, Tuple, Type

STACKS: Dict[str, Tuple[Type, Dict[str, Any]]] = {}


def register(name: str, **options: Any) -> Callable:
    """Class decorator: make this stack, with these options."""

    def decorate(kind: Type) -> Type:
        STACKS[name] = (kind, options)
        return kind

    return decorate
