"""Which encoding a Python file is in (PEP 263), as Python itself would have it."""

from __future__ import annotations

import codecs
import re
from functools import cache

from .disk import DocumentError

_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
_BLANK = re.compile(rb"[ \t\f]*(?:#.*)?\Z", re.ASCII)
_LINE = re.compile(rb"\r\n?|\n")
_LATIN = re.compile(r"(?:latin-1|iso-8859-1|iso-latin-1)(?:-|\Z)")
_PLAIN = bytes(range(32, 127)) + b"\t\f\r\n"


def encoding_of(data: bytes) -> str:
    """Python's name for the encoding that a file declares, UTF-8 if it declares none; ``utf-8-sig`` has a mark.

    :raises DocumentError: it declares none that a program can be written in, or contradicts its own mark.
    """
    marked = data.startswith(codecs.BOM_UTF8)
    declared = _declared(data.removeprefix(codecs.BOM_UTF8))
    if declared is None:
        return "utf-8-sig" if marked else "utf-8"
    name = declared.lower().replace("_", "-")
    if name == "utf-8" or name.startswith("utf-8-"):
        return "utf-8-sig" if marked else "utf-8"
    if marked:
        raise DocumentError(
            f"encoding: {declared} is declared after the byte order mark of UTF-8, which Python refuses"
        )
    if not _LATIN.match(name) and not _holds_programs(declared):
        raise DocumentError(f"encoding: {declared} cannot be kept byte for byte")
    return "iso-8859-1" if _LATIN.match(name) else declared


def _declared(data: bytes) -> str | None:
    """What a comment in one of the first two lines says."""
    lines = _LINE.split(data, maxsplit=2)[:2]
    for line in lines:
        if found := _COOKIE.match(line):
            return found[1].decode("ascii")
        if not _BLANK.match(line):
            return None
    return None


@cache
def _holds_programs(encoding: str) -> bool:
    """Whether an encoding is one of texts, and spells ASCII as ASCII does.

    :raises DocumentError: there is none of this name.
    """
    try:
        text = _PLAIN.decode(encoding)
        return text == _PLAIN.decode("ascii") and text.encode(encoding) == _PLAIN
    except LookupError as error:
        known = "not a text encoding" in str(error)
        message = f"{encoding} is not an encoding of text" if known else f"unknown encoding {encoding}"
        raise DocumentError(f"encoding: {message}") from error
    except (UnicodeError, ValueError, TypeError, AttributeError):
        return False
