"""What a piece of Python says: one parse, names, types, where values come from, the project's other files."""

from ..syntax.scopes import Binding, Names, Scope, dotted
from .arguments import Arguments, Given, arguments
from .base import Reference, Source, Use
from .callers import Callers, callers
from .destinations import Destination, Ways, destinations, unpackers
from .disputes import dispute
from .expected import wanted_at
from .functions import made_by_function
from .origins import Origin, constant, elements, grown_later, put_later, string_value, trace
from .paths import path_of
from .project import Project
from .tried import is_tried

__all__ = [
    "Arguments",
    "Binding",
    "Callers",
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
    "callers",
    "constant",
    "destinations",
    "dispute",
    "dotted",
    "elements",
    "grown_later",
    "is_tried",
    "made_by_function",
    "path_of",
    "put_later",
    "string_value",
    "trace",
    "unpackers",
    "wanted_at",
]
