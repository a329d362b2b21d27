"""What a piece of Python says: one parse, names, types, where values come from, the project's other files."""

from ..syntax.scopes import Binding, Names, Scope, dotted
from .arguments import Arguments, Given, arguments
from .base import Reference, Source, Use
from .destinations import Destination, Ways, destinations
from .expected import wanted_at
from .origins import Origin, constant, elements, string_value, trace
from .paths import path_of
from .project import Project

__all__ = [
    "Arguments",
    "Binding",
    "Destination",
    "Given",
    "Names",
    "Origin",
    "Project",
    "Reference",
    "Scope",
    "Source",
    "Use",
    "Ways",
    "arguments",
    "constant",
    "destinations",
    "dotted",
    "elements",
    "path_of",
    "string_value",
    "trace",
    "wanted_at",
]
