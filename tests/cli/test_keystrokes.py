"""What the language server keeps between keystrokes: parsed texts, and no answer that has become wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import libcst
import pytest

pytest.importorskip("pygls")

from cdktf_codemods.syntax import text as texts
from cdktf_fix.server.analysis import Document, alone, analysed

from .test_apply import CORPUS

HELPER = "from cdktf_cdktf_provider_aws.eip import Eip as Address\n"
MAIN = 'import cdktf\nfrom helper import Address\nAddress(self, "e", vpc=True)\nprint("more")\n'


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The texts that are parsed, while eight of them are kept."""
    parsed: list[str] = []
    real = libcst.parse_module

    def parse(code: str) -> libcst.Module:
        parsed.append(code)
        return real(code)

    monkeypatch.setattr(texts.cst, "parse_module", parse)
    texts.keep(8)
    yield parsed
    texts.keep(0)


def test_a_keystroke_has_one_text_parsed_and_a_change_elsewhere_is_heeded(tmp_path: Path, read: list[str]) -> None:
    (tmp_path / "cdktf.json").write_text("{}")
    (tmp_path / "helper.py").write_text(HELPER)

    def found(text: str, helper: str = HELPER) -> list[str]:
        read.clear()
        result = analysed(Document(tmp_path / "main.py", text, 1), {tmp_path / "helper.py": helper})
        return [each.code for each in result.findings]

    assert found(MAIN) == ["A101"]
    assert HELPER in read
    assert found(MAIN + "#") == ["A101"]
    assert MAIN + "#" in read
    assert HELPER not in read
    assert found(MAIN, "from somewhere import Address\n") == []
    assert found(MAIN) == ["A101"]
    assert (MAIN in read, HELPER in read) == (False, False)


def test_what_is_kept_answers_as_what_is_read_anew(read: list[str]) -> None:
    path = CORPUS / "claims-portal" / "before" / "lib" / "monitoring.py"
    document = Document(path, path.read_text(), 1)
    first = analysed(document, {})
    fixes = [alone(document, {}, each) for each in first.findings]
    assert analysed(document, {}) == first
    assert document.text not in read[1:]
    texts.keep(0)
    assert analysed(document, {}) == first
    assert [alone(document, {}, each) for each in first.findings] == fixes
