"""What the real thing says of a failure: where it is, what was wanted there, and what was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["type", "id", "attribute", "missing", "provider", "allowed", "whole", "undeclared", "conflict"]


@dataclass(frozen=True)
class Evidence:
    """One failure, as far as its text and the run tell what it is about.

    ``path``, ``line`` and ``column`` (from 1; 0: not known) are where the project's own code was. ``construct`` is what
    it is about: a class, a construct's path or a stack's name. ``argument`` is the argument, attribute, provider or
    data source; ``keys`` lead from an argument to what is inside of it. ``wanted`` and ``given`` are, by the kind,
    types (``str``, ``number``, ``list[str]``), names or values; ``value`` is what was given as Python writes it.
    """

    kind: Kind
    text: str
    path: str
    line: int
    column: int = 0
    construct: str = ""
    argument: str = ""
    keys: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    given: str = ""
    value: str = ""
