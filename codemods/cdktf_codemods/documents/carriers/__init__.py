"""What responses come in: read into outputs, projects of named sources, and put back with nothing else touched."""

from .arrow_table import ArrowTable
from .carrier import carrier
from .json_lines import JsonLines
from .markdown import Markdown
from .notebook import Notebook
from .output import CarrierError, Content, Output, Problem, Where
from .record import Carrier, Record, Writer
from .values import content_of
from .whole_file import WholeFile

__all__ = [
    "ArrowTable",
    "Carrier",
    "CarrierError",
    "Content",
    "JsonLines",
    "Markdown",
    "Notebook",
    "Output",
    "Problem",
    "Record",
    "Where",
    "WholeFile",
    "Writer",
    "carrier",
    "content_of",
]
