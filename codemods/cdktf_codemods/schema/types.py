"""Type references: what a place in the provider's API accepts.

A snapshot stores them as short strings, which :func:`parse_type` reads::

    s n b a j d     string, number, boolean, any, json, date
    [T  {T          list of T, map of T
    (T,T)           one of
    <name>          a struct, class, interface or enum by its Python name; ``<.Name>`` is in the same module
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


class TypeRef:
    """Base of all type references."""

    __slots__ = ()

    @property
    def options(self) -> tuple[TypeRef, ...]:
        """The alternatives of a *one of*, or the reference itself."""
        return (self,)


@dataclass(frozen=True, slots=True)
class Primitive(TypeRef):
    """``string``, ``number``, ``boolean``, ``any``, ``json`` or ``date``."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ListOf(TypeRef):
    element: TypeRef

    def __str__(self) -> str:
        return f"list of {self.element}"


@dataclass(frozen=True, slots=True)
class MapOf(TypeRef):
    value: TypeRef

    def __str__(self) -> str:
        return f"map of {self.value}"


@dataclass(frozen=True, slots=True)
class Named(TypeRef):
    """A struct, class, interface or enum, by its full Python name."""

    name: str

    def __str__(self) -> str:
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class OneOf(TypeRef):
    members: tuple[TypeRef, ...]

    @property
    def options(self) -> tuple[TypeRef, ...]:
        return self.members

    def __str__(self) -> str:
        return " or ".join(str(member) for member in self.members if not is_resolvable(member))


STRING = Primitive("string")
NUMBER = Primitive("number")
BOOLEAN = Primitive("boolean")
ANY = Primitive("any")
JSON = Primitive("json")
DATE = Primitive("date")

_PRIMITIVES = {"s": STRING, "n": NUMBER, "b": BOOLEAN, "a": ANY, "j": JSON, "d": DATE}
PRIMITIVE_CODES = {primitive.name: code for code, primitive in _PRIMITIVES.items()}


def is_resolvable(kind: TypeRef) -> bool:
    """Whether a type is that of tokens, which the core package (``cdktf``, ``cdktn``) calls ``IResolvable``."""
    return isinstance(kind, Named) and kind.name.endswith(".IResolvable")


@cache
def parse_type(text: str, module: str) -> TypeRef:
    """Read the type reference *text* of a snapshot record of *module*."""
    reference, end = _parse(text, 0, module)
    if end != len(text):
        raise ValueError(f"type reference {text!r}: trailing text at {end}")
    return reference


def _parse(text: str, at: int, module: str) -> tuple[TypeRef, int]:
    head = text[at]
    if head == "[":
        element, at = _parse(text, at + 1, module)
        return ListOf(element), at
    if head == "{":
        value, at = _parse(text, at + 1, module)
        return MapOf(value), at
    if head == "<":
        end = text.index(">", at)
        name = text[at + 1 : end]
        return Named(module + name if name.startswith(".") else name), end + 1
    if head == "(":
        members = []
        while text[at] != ")":
            member, at = _parse(text, at + 1, module)
            members.append(member)
        return OneOf(tuple(members)), at + 1
    return _PRIMITIVES[head], at + 1
