"""JSON lines: which column is meant, what bad records become, and that nothing else of a line changes."""

from __future__ import annotations

import json
import pickle
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from cdktf_codemods.documents.carriers import CarrierError, Record, carrier, content_of
from cdktf_codemods.documents.carriers.json_lines import opened

CODE = "import cdktf\nx = 1\n"
RESPONSE = f"Hi\n\n```python\n{CODE}```\n"
CHAT = [
    {"role": "user", "content": "write é"},
    {"role": "assistant", "content": "no"},
    {"role": "assistant", "content": RESPONSE},
    {"role": "user", "content": "thanks"},
]


def records(path: Path, field: str | None = None) -> list[Record]:
    opened = carrier(path, field)
    assert opened is not None
    return list(opened.records())


def written(path: Path, rows: list[Any]) -> Path:
    with opened(path, "wb") as file:
        for row in rows:
            file.write((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n")
    return path


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
@pytest.mark.parametrize(
    ("value", "after"),
    [
        (CODE, lambda new: new),
        (RESPONSE, lambda new: RESPONSE.replace(CODE, new)),
        (CHAT, lambda new: [*CHAT[:2], {**CHAT[2], "content": RESPONSE.replace(CODE, new)}, CHAT[3]]),
        (
            [{"role": "assistant", "content": [{"type": "thinking"}, {"type": "text", "text": CODE}]}],
            lambda new: [{"role": "assistant", "content": [{"type": "thinking"}, {"type": "text", "text": new}]}],
        ),
        ({"main.py": CODE, "cdktf.json": "{}"}, lambda new: {"main.py": new, "cdktf.json": "{}"}),
        ("\ufeff" + CODE, lambda new: "\ufeff" + new),
    ],
    ids=["code", "markdown", "chat", "parts", "object", "mark"],
)
def test_what_a_column_may_hold(tmp_path: Path, suffix: str, value: Any, after: Any) -> None:
    path = written(tmp_path / f"x.jsonl{suffix}", [{"id": 1.50, "out": value, "é": "ü"}, {"id": 2, "out": value}])
    source = carrier(path)
    assert source is not None
    assert source.count() == 2
    with source.writer(tmp_path / f"y.jsonl{suffix}") as writer:
        for record in source.records():
            assert record.output.files == {"main.py": CODE}
            repaired = record.output.repaired({"main.py": "# é\n" + CODE}) if record.line == 1 else None
            writer.write(record, repaired)
    with opened(path, "rb") as file:
        before = file.read().splitlines()
    with opened(tmp_path / f"y.jsonl{suffix}", "rb") as file:
        first, second = file.read().splitlines()
    assert json.loads(first) == {"id": 1.5, "out": after("# é\n" + CODE), "é": "ü"}
    assert second == before[1]


@pytest.mark.parametrize(
    "line",
    [b'{"n": 1e5, "u": "a\\/b",  "out": %s}', '{"é":"ü","out":%s}'.encode(), b'\xef\xbb\xbf{"out":%s}\r'],
)
def test_the_rest_of_a_line_stays_byte_for_byte(tmp_path: Path, line: bytes) -> None:
    path = written(tmp_path / "x.jsonl", [line % json.dumps(RESPONSE).encode()])
    source = carrier(path)
    assert source is not None
    with source.writer(tmp_path / "y.jsonl") as writer:
        for record in source.records():
            writer.write(record, record.output.repaired({"main.py": CODE * 2}))
    new = json.dumps(RESPONSE.replace(CODE, CODE * 2)).encode()
    assert (tmp_path / "y.jsonl").read_bytes() == line % new + b"\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"nope", "no JSON"),
        (b"", "an empty line"),
        (b"[1]", "no JSON object"),
        (b'{"id": 1}', "no field 'out', only id"),
        (b'{"out": null}', "null, where"),
        (b'{"out": 3}', "a number, where"),
        (b'{"out": [{"role": "user", "content": "x"}]}', "no text of the assistant's"),
        (b'{"out": {"../../etc/x.py": "import cdktf"}}', "'../../etc/x.py' is no path"),
        (b'{"out": {"x.py": 1}}', "x.py: a number, not text"),
        (b'{"out": "import cdktf\\n\\ud800"}', "line 2: half a character"),
        (b'{"out": {"x.py": "\\udfff"}}', "x.py:1: half a character"),
        (
            b'{"out": [{"role": "assistant", "content": [{"type": "text", "text": ""}, {"type": "text", "text": ""}]}]}',
            "2 texts",
        ),
        (b'{"out": "\xff"}', "byte 0xff is not UTF-8"),
        (b'{"out": ' + b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_record_is_a_record_and_costs_no_other(tmp_path: Path, line: bytes, said: str) -> None:
    path = written(tmp_path / "x.jsonl", [{"out": CODE}, line, {"out": CODE}])
    first, bad, last = records(path, "out")
    assert [first.output.files, last.output.files] == [{"main.py": CODE}] * 2
    assert bad.output.files == {}
    assert bad.line == 2
    assert [said in each.text and each.error for each in bad.output.problems] == [True]
    source = carrier(path, "out")
    assert source is not None
    with source.writer(tmp_path / "y.jsonl") as writer:
        for record in source.records():
            writer.write(record)
    assert (tmp_path / "y.jsonl").read_bytes() == path.read_bytes()


def test_the_column_is_named_where_several_may_be_meant(tmp_path: Path) -> None:
    path = written(tmp_path / "x.jsonl", [{"a": CODE, "b": {"c": RESPONSE}, "d": RESPONSE}])
    with pytest.raises(CarrierError, match=r"^--field is needed: a, d may each be meant$"):
        records(path)
    assert records(path, "b.c")[0].output.files == {"main.py": CODE}
    none = written(tmp_path / "y.jsonl", [{"a": "x", "b": 1}])
    assert "none of a, b surely holds a response" in records(none)[0].output.problems[0].text


def test_an_id_is_of_source_position_and_content(tmp_path: Path) -> None:
    rows = [{"o": CODE}, {"o": CODE}, {"o": RESPONSE}]
    ids = [record.output.id for record in records(written(tmp_path / "x.jsonl", rows))]
    assert len(set(ids)) == 3
    assert ids == [record.output.id for record in records(tmp_path / "x.jsonl")]
    assert ids[0] != records(written(tmp_path / "z.jsonl", rows))[0].output.id
    again = pickle.loads(pickle.dumps(records(tmp_path / "x.jsonl")[2]))
    assert again.output.repaired({"main.py": "y\n"}).files == {"main.py": "y\n"}


def test_cut_off_compression(tmp_path: Path) -> None:
    path = written(tmp_path / "x.jsonl.gz", [{"o": CODE}] * 100)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(CarrierError):
        records(path)


def test_memory_is_that_of_a_record(tmp_path: Path) -> None:
    path = written(tmp_path / "x.jsonl", [{"o": CODE, "more": "x" * 1_000}] * 5_000)
    source = carrier(path)
    assert source is not None
    for _ in zip(range(10), source.records()):
        pass
    tracemalloc.start()
    count = sum(1 for _ in source.records())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 5_000
    assert peak < path.stat().st_size / 4


def test_a_value_without_a_file() -> None:
    assert content_of({"a/b.py": CODE}).files == {"a/b.py": CODE}
    assert content_of(None).problems
