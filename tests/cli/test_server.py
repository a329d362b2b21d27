"""The language server, as a real client talks to it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, make_test_lsp_client

from .test_apply import environment

BROKEN = """\
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.route_table import RouteTable
name = "🐍"; Eip(self, "one", vpc=True)
RouteTable(self, "public", vpc_id="vpc-1", route=[{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}])
"""


def applied(text: str, edits: list[types.TextEdit], unit: str = "utf-16-le", size: int = 2) -> str:
    """A text after a client's edits, in the protocol's own units."""
    lines = text.split("\n")

    def offset(place: types.Position) -> int:
        line = lines[place.line].encode(unit)[: place.character * size].decode(unit)
        return sum(len(each) + 1 for each in lines[: place.line]) + len(line)

    for edit in sorted(edits, key=lambda each: offset(each.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


class Session:
    """One client and its server."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.uri = (folder / "main.py").as_uri()

    def open(self, text: str) -> None:
        item = types.TextDocumentItem(self.uri, "python", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    async def found(self) -> list[types.Diagnostic]:
        await asyncio.wait_for(self.client.wait_for_notification("textDocument/publishDiagnostics"), 60)
        return list(self.client.diagnostics[self.uri])

    async def hover(self, line: int, character: int) -> types.Hover | None:
        document = types.TextDocumentIdentifier(self.uri)
        asked = types.HoverParams(document, types.Position(line, character))
        return await self.client.text_document_hover_async(asked)

    async def actions(self, place: types.Range) -> list[Any]:
        document = types.TextDocumentIdentifier(self.uri)
        asked = types.CodeActionParams(document, place, types.CodeActionContext([]))
        return list(await self.client.text_document_code_action_async(asked) or [])


def talk(folder: Path, talking: Any) -> None:
    """Start a server, have *talking* talk to it, and end it as the protocol has it."""

    async def run() -> None:
        client = make_test_lsp_client()
        await client.start_io(sys.executable, "-m", "cdktf_fix", "server", env=environment(), cwd=str(folder))
        capabilities = types.ClientCapabilities()
        await client.initialize_session(types.InitializeParams(capabilities, root_uri=folder.as_uri()))
        try:
            await talking(Session(client, folder))
        finally:
            await client.shutdown_session()
            await client.stop()

    asyncio.run(run())


def test_findings_fixes_and_all_that_is_safe(tmp_path: Path) -> None:
    async def talking(session: Session) -> None:
        session.open(BROKEN)
        found = await session.found()
        eip = next(each for each in found if each.code == "A101")
        assert eip.range.start == types.Position(2, 30)  # the snake is two units
        (lost,) = (each for each in found if types.DiagnosticTag.Unnecessary in (each.tags or ()))
        assert lost.range.start.line == 3
        hover = await session.hover(2, 14)
        assert hover is not None
        assert hover.range == types.Range(types.Position(2, 13), types.Position(2, 16))
        assert isinstance(hover.contents, types.MarkupContent)
        assert hover.contents.value.startswith("```python\nresource Eip\n```")
        assert await session.hover(2, 0) is None
        assert await session.hover(200, 7) is None
        quick, every = await session.actions(types.Range(eip.range.start, eip.range.start))
        assert applied(BROKEN, quick.edit.changes[session.uri]) == BROKEN.replace("vpc=True", 'domain="vpc"')
        (tmp_path / "main.py").write_text(BROKEN)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "cdktf_fix", "apply", "-q", "main.py", cwd=tmp_path, env=environment()
        )
        await process.wait()
        assert applied(BROKEN, every.edit.changes[session.uri]) == (tmp_path / "main.py").read_text()

    talk(tmp_path, talking)


def test_typing_what_does_not_parse_and_what_is_too_long(tmp_path: Path) -> None:
    async def talking(session: Session) -> None:
        session.open(BROKEN)
        assert len(await session.found()) == 2
        for version, text in enumerate(("Eip(\n" + BROKEN, BROKEN + "\n" * 50_000, BROKEN), 2):
            whole = types.TextDocumentContentChangeWholeDocument(text)
            document = types.VersionedTextDocumentIdentifier(version, session.uri)
            session.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))
            found = await session.found()
            assert len(found) == (1 if text != BROKEN else 2), found
            if text != BROKEN:
                assert "cannot parse" in found[0].message or "more than" in found[0].message
        beyond = types.Range(types.Position(10_000, 0), types.Position(10_001, 7))
        (every,) = await session.actions(beyond)
        assert every.kind == "source.fixAll.cdktf-fix"

    talk(tmp_path, talking)


def test_without_its_extra_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cdktf_fix.commands import run_command

    monkeypatch.setitem(sys.modules, "cdktf_fix.server.main", None)
    monkeypatch.setitem(sys.modules, "pygls", None)
    monkeypatch.delitem(sys.modules, "cdktf_fix.server.main")
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    assert run_command(["server"]) == 2
    assert "cdktf-fix[server]" in capsys.readouterr().err
