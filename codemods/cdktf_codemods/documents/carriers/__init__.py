"""What responses come in: read into outputs, projects of named sources, and put back with nothing else touched."""

from .carrier import Carrier, JsonLines, MarkdownCarrier, Record, Writer, carrier
from .markdown import Markdown
from .output import CarrierError, Content, Output, Problem, Where
from .values import content_of

__all__ = [
    "Carrier",
    "CarrierError",
    "Content",
    "JsonLines",
    "Markdown",
    "MarkdownCarrier",
    "Output",
    "Problem",
    "Record",
    "Where",
    "Writer",
    "carrier",
    "content_of",
]
