"""What a client that asks is answered: the fixes in a range, and what is under the cursor."""

from __future__ import annotations

from cdktf_codemods import Finding
from lsprotocol import types

from .analysis import Document, NotAnalysedError, alone, pointed
from .hover import described
from .session import Server

FIX_ALL = "source.fixAll.cdktf-fix"


async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """What the thing under the cursor is and takes; nothing for what is not understood."""
    document = ls.document(params.text_document.uri)
    if document is None:
        return None
    positions = ls.positions(document.text)
    offset = positions.offset_of(params.position)
    try:
        found = await ls.run(pointed, document, ls.others(), offset)
    except NotAnalysedError:
        return None
    if found is None:
        return None
    thing, span = found
    said = types.MarkupContent(types.MarkupKind.Markdown, described(thing))
    return types.Hover(said, positions.range(*span))


async def actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """A fix for each finding in the range, and one for all safe ones; none for a text that is not understood."""
    uri, asked = params.text_document.uri, params.context.only
    document = ls.document(uri)
    if document is None:
        return []
    try:
        analysis = await ls.analysis(uri, document)
        found = []
        if asked is None or any("quickfix".startswith(each) for each in asked):
            for finding in analysis.findings:
                diagnostic = ls.diagnostic(finding, ls.positions(document.text))
                if _meet(diagnostic.range, params.range) and finding.safety != "shown":
                    found += await _quick_fix(ls, uri, document, finding, diagnostic)
    except NotAnalysedError:
        return []
    if analysis.after != document.text and (asked is None or any(FIX_ALL.startswith(each) for each in asked)):
        edit = ls.changes(uri, document.text, analysis.after)
        found.append(types.CodeAction("cdktf-fix: make all safe repairs", FIX_ALL, edit=edit))
    return found


async def _quick_fix(
    ls: Server, uri: str, document: Document, finding: Finding, diagnostic: types.Diagnostic
) -> list[types.CodeAction]:
    after = await ls.run(alone, document, ls.others(), finding)
    if after is None or after == document.text:
        return []
    mark = "unsafe: " if finding.safety == "unsafe" else ""
    return [
        types.CodeAction(
            f"cdktf-fix: {mark}repair {finding.code}",
            types.CodeActionKind.QuickFix,
            [diagnostic],
            edit=ls.changes(uri, document.text, after),
            is_preferred=finding.safety == "safe",
        )
    ]


def _meet(one: types.Range, other: types.Range) -> bool:
    def key(place: types.Position) -> tuple[int, int]:
        return place.line, place.character

    return key(one.start) <= key(other.end) and key(other.start) <= key(one.end)
