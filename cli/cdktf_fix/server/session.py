"""What the server knows while it runs, and how it says it in the protocol's words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from cdktf_codemods import Finding
from cdktf_codemods.syntax.text import keep
from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from .. import __version__
from .analysis import Analysis, Document, NotAnalysedError, analysed
from .garbage import Garbage
from .positions import Positions

Result = TypeVar("Result")
_PAUSE = 0.03
"""Seconds without a further keystroke before a document is looked at."""
_TEXTS = 40
"""Parsed texts that are kept, so that a keystroke costs the parse of one file, whatever its project has."""
_SEVERITY = {"safe": types.DiagnosticSeverity.Error, "unsafe": types.DiagnosticSeverity.Warning}
_LOST = "drops the keys"


class Server(LanguageServer):
    """Looks at one document at a time, off the thread that talks; of a document only the newest version."""

    def __init__(self) -> None:
        super().__init__("cdktf-fix", __version__)
        self.analyses: dict[str, Analysis] = {}
        self.looking: dict[str, asyncio.Task[None]] = {}
        self.pool = ThreadPoolExecutor(1, "analysis")
        self.garbage = Garbage()
        keep(_TEXTS)

    def document(self, uri: str) -> Document | None:
        """A document as it is now; None where it is no Python file."""
        found = self.workspace.get_text_document(uri)
        path = to_fs_path(uri)
        if path is None or not uri.startswith("file:") or not path.endswith(".py"):
            return None
        return Document(Path(path).resolve(), found.source, found.version)

    def others(self) -> dict[Path, str]:
        """The texts of all open documents."""
        every = [self.document(uri) for uri in self.workspace.text_documents]
        return {each.path: each.text for each in every if each is not None}

    def look_soon(self, uri: str) -> None:
        """Look at a document once it rests; what is known of an older version is not waited for."""
        if (task := self.looking.get(uri)) is not None:
            task.cancel()
        self.looking[uri] = asyncio.get_running_loop().create_task(self._look(uri))

    async def _look(self, uri: str) -> None:
        await asyncio.sleep(_PAUSE)
        document = self.document(uri)
        if document is None:
            return
        try:
            analysis = await self.analysis(uri, document)
            found = [self.diagnostic(each, self.positions(document.text)) for each in analysis.findings]
        except NotAnalysedError as error:
            found = [types.Diagnostic(_start(), f"{error}", types.DiagnosticSeverity.Information, source="cdktf-fix")]
        except Exception as error:  # of the tool itself; the next keystroke is a new chance
            said = f"a bug in cdktf-fix ({type(error).__name__}: {' '.join(str(error).split())})"
            found = [types.Diagnostic(_start(), said, types.DiagnosticSeverity.Information, source="cdktf-fix")]
        if uri in self.workspace.text_documents:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, document.version))

    async def run(self, action: Callable[..., Result], *arguments: object) -> Result:
        """Carry out what takes a while, one after the other, while the server goes on talking."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self.pool, action, *arguments)
        finally:
            self.garbage.after_run()

    async def analysis(self, uri: str, document: Document) -> Analysis:
        """That of a document as it is now.

        :raises NotAnalysedError: it cannot be told.
        """
        known = self.analyses.get(uri)
        if known is None or known.document != document:
            known = await self.run(analysed, document, self.others())
            self.analyses[uri] = known
        return known

    def positions(self, text: str) -> Positions:
        return Positions(text, str(getattr(self.workspace.position_encoding, "value", "utf-16")))

    def diagnostic(self, finding: Finding, positions: Positions) -> types.Diagnostic:
        """A finding as the client shows it; keys that are lost are faded."""
        start = positions.offset(finding.line, finding.column)
        mark = " (unsafe fix)" if finding.safety == "unsafe" else ""
        return types.Diagnostic(
            positions.range(start, positions.offset(*finding.end) if finding.end > (0, 0) else start),
            finding.message + mark,
            _SEVERITY.get(finding.safety, types.DiagnosticSeverity.Information),
            code=finding.code,
            source="cdktf-fix",
            tags=[types.DiagnosticTag.Unnecessary] if _LOST in finding.text else None,
        )

    def changes(self, uri: str, before: str, after: str) -> types.WorkspaceEdit:
        """The edit from one text to another: what lies between what both begin and end with."""
        first = 0
        while first < min(len(before), len(after)) and before[first] == after[first]:
            first += 1
        last = 0
        while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
            last += 1
        span = self.positions(before).range(first, len(before) - last)
        return types.WorkspaceEdit({uri: [types.TextEdit(span, after[first : len(after) - last])]})


def _start() -> types.Range:
    return types.Range(types.Position(0, 0), types.Position(0, 0))
