"""The page of a batch: its figures, and that no text of others gets into it as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cdktf_codemods.batch.inputs import sources
from cdktf_codemods.batch.report import ReportError, write_report
from cdktf_codemods.batch.report.figures import Figures
from cdktf_codemods.batch.result import repaired
from cdktf_codemods.batch.shards import Shards
from cdktf_codemods.oracle import Answer
from cdktf_codemods.oracle.answer import Dropped, Failure

from ..cli.test_apply import BROKEN, FIXED

EVIL = "</script><script>window.owned = 1</script><img src=x onerror='window.owned = 1'><!--<script>"
HOSTILE = f"# {EVIL}\n{BROKEN}note = {EVIL!r}\n"


def finished(folder: Path, values: list[object]) -> Path:
    """The output folder of a batch over a table of these values."""
    table = folder / "t.jsonl"
    table.write_text("".join(json.dumps({"code": each}) + "\n" for each in values), "utf-8")
    inputs = sources([table], "code")
    names = [{"name": each.name, "sha256": each.fingerprint()} for each in inputs]
    manifest = {"inputs": names, "settings": {"field": "code", "verify": False}}
    shards = Shards(folder / "out", manifest)
    known: dict[str, dict[str, Any]] = {}
    results = []
    for item, value in zip(inputs[0].items(), values):
        key = json.dumps(value)
        if key not in known:
            known[key] = repaired(item, (), None)[1].as_json()
        own = {"id": item.output.id, "position": item.output.position}
        results.append({**known[key], "record": {**known[key]["record"], **own}})
    shards.add(0, results, [])
    return folder / "out"


def test_no_text_of_others_is_in_the_page_as_it_is(tmp_path: Path) -> None:
    out = finished(tmp_path, [HOSTILE, {f"{EVIL.replace('/', '')}.py": HOSTILE}, f"class {EVIL}"])
    write_report(out, tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "window.owned" not in page
    assert "script-src 'sha256-" in page
    for address in ("src=", "url(http", "@import", "<link"):
        assert address not in page.replace("img-src data:", "").replace("script-src", "").replace("style-src", ""), (
            address
        )
    write_report(out, tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text("utf-8") == page


def test_what_was_changed_since_is_not_reported_on(tmp_path: Path) -> None:
    out = finished(tmp_path, [BROKEN])
    for changed in (json.dumps({"code": FIXED}) + "\n", ""):
        (tmp_path / "t.jsonl").write_text(changed, "utf-8")
        with pytest.raises(ReportError, match="changed since"):
            write_report(out, tmp_path / "r.html")
    with pytest.raises(ReportError, match="no report of it"):
        write_report(tmp_path, tmp_path / "r.html")
    assert [each.name for each in tmp_path.iterdir() if "html" in each.name] == []


def answer(kind: str | None = None, dropped: bool = False) -> dict[str, Any]:
    failure = Failure(kind, "KeyError", f"'{kind}' 7") if kind else None  # type: ignore[arg-type]
    return Answer(failure, dropped=(Dropped("a/b", "tags", "Name"),) if dropped else ()).as_json()


def test_the_figures_are_of_what_each_output_got_through() -> None:
    figures = Figures(verified=True, terraform=False)
    finding = {"code": "A101", "text": "`vpc` is no argument", "fixed": True}
    left = {"code": "A101", "text": "`vps` is no argument", "fixed": False}
    for before, after, findings, text in (
        (answer("import"), answer(), [finding], BROKEN),
        (answer("code"), answer(dropped=True), [finding, left], BROKEN),
        (answer("code"), answer("code"), [left], BROKEN),
        (answer("import"), answer("import"), [], "def broken("),
    ):
        record = {"status": "partly", "findings": findings, "errors": {}, "problems": []}
        figures.add({**record, "before": before, "after": after}, {"main.py": text}, {})
    assert figures.shares() == [
        ("parses", 3, 3),
        ("imports", 2, 3),
        ("synthesises", 0, 2),
        ("loses nothing", 0, 1),
        ("validates", None, None),
    ]
    assert figures.repairs() == [("A101", 4, 2)]
    assert figures.remaining == {("A101", "… is no argument"): 2}
    assert figures.frequent() == [("KeyError: … …", 4, 2)]
    assert [each.after for each in Figures(verified=False, terraform=False).shares()] == [0, None, None, None, None]
