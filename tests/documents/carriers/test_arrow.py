"""Parquet and Arrow files, and datasets of them: what no repair is about stays, types and metadata too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cdktf_codemods.documents.carriers import CarrierError, Record, carrier
from cdktf_codemods.documents.datasets import is_dataset, tables
from cdktf_codemods.documents.repairing import repair_output

from ...cli.test_apply import BROKEN, FIXED, cdktf_fix

MESSAGES = pa.list_(pa.struct([("role", pa.string()), ("content", pa.large_string()), ("at", pa.timestamp("ns"))]))
FILES = pa.struct([("main.py", pa.string()), ("cdktf.json", pa.string()), ("lib/x.py", pa.string())])
OTHERS = pa.schema(
    [
        pa.field("id", pa.decimal128(9, 2), metadata={"a": "b"}),
        ("when", pa.timestamp("ns", "Europe/Berlin")),
        ("small", pa.float16()),
        ("kind", pa.dictionary(pa.int8(), pa.string())),
        ("raw", pa.binary(2)),
    ]
)


def chat(code: str, name: str = "content") -> list[dict[str, Any]]:
    return [{"role": "user", name: "do", "at": 5}, {"role": "assistant", name: f"```python\n{code}```\n", "at": 1}]


def columns(value: Any, kind: pa.DataType, count: int = 7) -> pa.Table:
    """A table with rows of a response, and those that hold it bare in a column of a difficult kind."""
    rows = [
        {"id": at, "when": 12345678901234567 + at, "small": 0.5, "kind": "xy"[at % 2], "raw": b"\0\xff"}
        for at in range(count)
    ]
    schema = OTHERS.append(pa.field("out", kind)).with_metadata({"huggingface": '{"info": 1}', "pandas": "{}"})
    return pa.Table.from_pylist([{**row, "out": value} for row in rows], schema)


def save(table: pa.Table, path: Path, **options: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        pq.write_table(table, path, row_group_size=3, **options)
        return path
    make = pa.ipc.new_stream if options.get("stream", True) else pa.ipc.new_file
    with make(str(path), table.schema) as writer:
        writer.write_table(table, 3)
    return path


def load(path: Path) -> pa.Table:
    if path.suffix == ".parquet":
        return pq.ParquetFile(path).read()
    is_file = path.read_bytes().startswith(b"ARROW1")
    return (pa.ipc.open_file if is_file else pa.ipc.open_stream)(pa.OSFile(str(path))).read_all()


def repaired(path: Path, target: Path, field: str | None = None) -> list[Record]:
    source = carrier(path, field)
    assert source is not None
    found = []
    with source.writer(target) as writer:
        for record in source.records():
            found.append(record)
            writer.write(record, repair_output(record.output).after)
    assert source.count() == len(found)
    return found


@pytest.mark.parametrize("name", ["t.parquet", "t.arrow", "f.arrow"])
@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (BROKEN, FIXED, pa.string()),
        (BROKEN, FIXED, pa.large_string()),
        (BROKEN, FIXED, pa.dictionary(pa.int32(), pa.string())),
        (chat(BROKEN), chat(FIXED), MESSAGES),
        ({"main.py": BROKEN, "cdktf.json": "{}"}, {"main.py": FIXED, "cdktf.json": "{}"}, FILES),
        ({"lib/x.py": BROKEN}, {"lib/x.py": FIXED}, pa.map_(pa.string(), pa.string())),
    ],
    ids=["text", "large", "dictionary", "chat", "struct", "map"],
)
def test_what_a_column_may_hold(tmp_path: Path, name: str, before: Any, after: Any, kind: pa.DataType) -> None:
    given = before if not pa.types.is_map(kind) else list(before.items())
    wanted = after if not pa.types.is_map(kind) else list(after.items())
    path = save(columns(given, kind), tmp_path / name, **({"stream": name[0] == "t"} if "arrow" in name else {}))
    found = repaired(path, tmp_path / f"new-{name}")
    assert [each.line for each in found] == list(range(1, 8))
    assert len({each.output.id for each in found}) == 7
    made = load(tmp_path / f"new-{name}")
    assert made.schema.equals(load(path).schema, check_metadata=True)
    assert made.equals(columns(wanted, kind))


def test_rows_without_a_repair_stay_and_a_file_without_one_is_the_same_bytes(tmp_path: Path) -> None:
    table = pa.Table.from_pylist([{"out": each} for each in (FIXED, None, "x = 1\n", BROKEN, "(")])
    path = save(table, tmp_path / "t.parquet", compression="gzip")
    found = repaired(path, tmp_path / "new.parquet", "out")
    assert "null" in found[1].output.problems[0].text
    assert load(tmp_path / "new.parquet")["out"].to_pylist() == [FIXED, None, "x = 1\n", FIXED, "("]
    repaired(tmp_path / "new.parquet", tmp_path / "again.parquet", "out")
    assert (tmp_path / "again.parquet").read_bytes() == (tmp_path / "new.parquet").read_bytes()


def test_the_form_of_a_parquet_file_is_kept(tmp_path: Path) -> None:
    table = columns(BROKEN, pa.string()).drop_columns("when")
    path = save(
        table, tmp_path / "t.parquet", compression={"id": "gzip", "out": "zstd"}, version="1.0", write_page_index=True
    )
    repaired(path, tmp_path / "new.parquet")
    old, new = (pq.ParquetFile(each).metadata for each in (path, tmp_path / "new.parquet"))
    for about in (old, new):
        groups = [about.row_group(at) for at in range(about.num_row_groups)]
        assert [each.num_rows for each in groups] == [3, 3, 1]
    for at in range(old.num_columns):
        one, other = old.row_group(0).column(at), new.row_group(0).column(at)
        assert (one.compression, one.physical_type) == (other.compression, other.physical_type)
        assert one.has_offset_index == other.has_offset_index
    assert old.format_version == new.format_version


@pytest.mark.parametrize("field", ["a.b", "a.b.main"])
def test_a_name_with_dots(tmp_path: Path, field: str) -> None:
    value = {"main": BROKEN} if field == "a.b.main" else BROKEN
    path = save(pa.Table.from_pylist([{"a.b": value, "a": 1}]), tmp_path / "t.parquet")
    repaired(path, tmp_path / "new.parquet", field)
    assert load(tmp_path / "new.parquet").to_pylist() == [{"a.b": {"main": FIXED} if field[3:] else FIXED, "a": 1}]


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        ({"a": BROKEN, "b": BROKEN}, None, "--field is needed: a, b may each be meant"),
        ({"a": "x", "b": 1}, None, "--field is needed: none of a, b surely holds a response"),
        ({"a": BROKEN}, "x", "no field 'x', only a"),
    ],
)
def test_a_column_that_cannot_be_told(tmp_path: Path, row: dict[str, Any], field: str | None, said: str) -> None:
    source = carrier(save(pa.Table.from_pylist([row]), tmp_path / "t.parquet"), field)
    assert source is not None
    with pytest.raises(CarrierError, match=said):
        list(source.records())


def test_a_row_without_the_field_costs_no_other(tmp_path: Path) -> None:
    table = pa.Table.from_pylist([{"a": {"b": None, "c": 1}}, {"a": None}, {"a": {"b": BROKEN, "c": 2}}])
    found = repaired(save(table, tmp_path / "t.arrow"), tmp_path / "new.arrow", "a.b")
    assert [len(each.output.problems) for each in found] == [1, 1, 0]
    assert load(tmp_path / "new.arrow").to_pylist()[2] == {"a": {"b": FIXED, "c": 2}}


@pytest.mark.parametrize("name", ["t.parquet", "t.arrow"])
def test_a_text_that_is_not_in_utf_8_costs_no_other(tmp_path: Path, name: str) -> None:
    texts = [b"import cdktf\n# \xe9\n", BROKEN.encode()]
    table = pa.table({"out": pa.array(texts, pa.binary()).view(pa.string())})
    first, second = repaired(save(table, tmp_path / name), tmp_path / f"new-{name}")
    assert [each.text for each in first.output.problems] == ["byte 0xe9 is not UTF-8"]
    assert second.output.problems == ()
    made = load(tmp_path / f"new-{name}")["out"].cast(pa.binary()).to_pylist()
    assert made == [texts[0], FIXED.encode()]


@pytest.mark.parametrize("name", ["t.parquet", "t.arrow"])
def test_damaged_ones_are_said(tmp_path: Path, name: str) -> None:
    whole = save(columns(BROKEN, pa.string()), tmp_path / name).read_bytes()
    for data in (b"", b"nonsense" * 9, whole[: len(whole) // 2]):
        (tmp_path / name).write_bytes(data)
        done = cdktf_fix("apply", name, cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr.startswith(f"error: {name}: cannot read: ".encode())
        assert len(done.stderr.splitlines()) == 1 + (b"failure" in done.stderr)
        assert (tmp_path / name).read_bytes() == data


def saved(folder: Path) -> Path:
    """A dataset of two parts as ``save_to_disk`` writes it."""
    for part in ("train", "test"):
        files = [f"data-{at:05}-of-00002.arrow" for at in (1, 0)]
        for at, name in enumerate(files):
            code = BROKEN if (part, at) == ("train", 1) else FIXED
            save(pa.Table.from_pylist([{"out": code, "n": at}]), folder / part / name)
        state = {"_data_files": [{"filename": each} for each in files], "_fingerprint": "0123456789abcdef", "_x": 1.50}
        (folder / part / "state.json").write_text(json.dumps(state, indent=2))
        (folder / part / "dataset_info.json").write_text("{}")
        save(pa.Table.from_pylist([{"out": BROKEN}]), folder / part / "cache-12.arrow")
    (folder / "dataset_dict.json").write_text('{"splits": ["train", "test"]}')
    return folder


def test_a_saved_dataset_is_repaired_in_place(tmp_path: Path) -> None:
    folder = saved(tmp_path / "d")
    before = {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    done = cdktf_fix("apply", "d", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert b"d/train/data-00000-of-00002.arrow:1:2:16: A101" in done.stderr.replace(b"main.py:", b"")
    changed = [each.relative_to(folder).as_posix() for each, data in before.items() if each.read_bytes() != data]
    assert sorted(changed) == ["train/data-00000-of-00002.arrow", "train/state.json"]
    assert load(folder / changed[0] if "arrow" in changed[0] else folder / changed[1]).to_pylist() == [
        {"out": FIXED, "n": 1}
    ]
    state, old = ((folder / "train" / "state.json").read_text(), before[folder / "train" / "state.json"].decode())
    assert state == old.replace("0123456789abcdef", json.loads(state)["_fingerprint"])
    assert state != old


def test_which_folders_are_datasets(tmp_path: Path) -> None:
    assert [each.name for each in tables(saved(tmp_path / "d"))] == [
        "data-00001-of-00002.arrow",
        "data-00000-of-00002.arrow",
    ] * 2
    assert is_dataset(tmp_path / "d")
    table = save(pa.Table.from_pylist([{"out": BROKEN}]), tmp_path / "hub" / "data" / "train-00000-of-00001.parquet")
    assert is_dataset(tmp_path / "hub")
    assert list(tables(tmp_path / "hub")) == [table]
    (tmp_path / "hub" / "main.py").write_text("")
    assert not is_dataset(tmp_path / "hub")
    assert not is_dataset(tmp_path)


def test_memory_is_that_of_a_batch(tmp_path: Path) -> None:
    rows = [{"out": BROKEN + "#" * 1_000 + str(at)} for at in range(20_000)]
    path = tmp_path / "t.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path, use_dictionary=False, compression="none")
    rows.clear()
    source = carrier(path)
    assert source is not None
    before = pa.total_allocated_bytes()
    most = max(pa.total_allocated_bytes() - before for _ in source.records())
    assert path.stat().st_size > 20 << 20
    assert 0 < most < 10 << 20
