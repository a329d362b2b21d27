"""What file a fenced block is: by its info string, its first comment, or what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_EXTENSIONS = "py|json|toml|txt|cfg|ini|ya?ml|js|mjs|ts|sh|md|tf|sql|html|j2|tpl|pyi|lock|csv|xml"
_PATH = rf"(?:[\w.@-]+[/\\]|/)*[\w.@-]*\w\.(?:{_EXTENSIONS})"
_WHOLE = re.compile(rf"(?:\./)?({_PATH}|(?:[\w.-]+/)*(?:Pipfile|Dockerfile|Makefile))")
_ANY = re.compile(rf"(?<![\w/\\.-])({_PATH})(?![\w/\\])")
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)|\*\*([^*\n]+)\*\*|__([^_\n]+(?:_[^_\n]+)*)__")
_KEY = re.compile(r"""(?:title|file(?:_?name)?|name|path)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s}]+))""", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:(?:step|part)\s+)?(?:\d+(?:\.\d+)*[.):]?\s+)?(?:(?:file|filename|path)\b\s*(?:\d+\s*)?[:=]?\s*)?",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"""\s*(?:\#+|//|--|<!--|/\*|[rR]?"{3}|'{3})\s*(?:={2,}|-{2,})?\s*(.*)""")
_SKIPPED = re.compile(r"\s*(?:#!|#.*coding[:=]|$)")
_COMMENT_LINES = 4


def of_info(info: str) -> str | None:
    """The name in a fence's info string: ``python title="x.py"``, ``python lib/x.py``, ``python:lib/x.py``."""
    if found := _KEY.search(info):
        return _whole(next(filter(None, found.groups()), ""))
    words = re.split(r"[\s:{}]+", info)
    return next((name for word in words if (name := _whole(word))), None)


def of_comment(code: Iterable[str]) -> str | None:
    """The name in a block's first comment or docstring, which says nothing but that, or that and what it is for."""
    for line in list(code)[:_COMMENT_LINES]:
        if _SKIPPED.match(line):
            continue
        found = _COMMENT.match(line)
        if found is None:
            return None
        text = _LABEL.sub("", re.sub(r'\s*(?:-->|\*/|"{3}|={2,}|-{2,})\s*$', "", found[1].strip())).strip("`* ")
        head = re.split(r"\s+[-–—(]|:\s|:$", text)[0].strip("`* ")
        return _whole(head)
    return None


def of_text(text: str, heading: bool) -> str | None:
    """The name in the heading, paragraph or list item before a block, if it names one file and no other."""
    if name := _whole(_LABEL.sub("", text.strip().strip("*_ :")).strip("*_`\"' :").removesuffix(":")):
        return name
    last = text.strip().rpartition("\n")[2]
    spans = {name for found in _SPAN.findall(last) if (name := _whole(_LABEL.sub("", "".join(found).strip(" `:"))))}
    if not spans and (heading or last.rstrip().endswith(":")):
        spans = {found.strip("./") if found.startswith("./") else found for found in _ANY.findall(last)}
    return spans.pop() if len(spans) == 1 else None


def _whole(text: str) -> str | None:
    found = _WHOLE.fullmatch(text.strip().strip("`*\"'"))
    return found[1] if found else None
