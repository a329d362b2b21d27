from __future__ import annotations

import pytest
from cdktf_codemods import Repair, Schema, Settings, repair

HEAD = "import os\nfrom cdktf import AssetType, TerraformAsset as Asset\n"
FILES = {"fn.zip": b"PK", "lib/code.zip": b"PK", "src/a.txt": b""}


def repaired(schema: Schema, code: str) -> Repair:
    return repair({"lib/main.py": HEAD + code}, schema, Settings(select=frozenset({"A108"})), resources=FILES)


TRANSFORMED = {
    "archive": (
        "Asset(s, 'a', path='fn.zip', type=AssetType.ARCHIVE)",
        "Asset(s, 'a', path='fn.zip', type=AssetType.FILE)",
    ),
    "directory, beside the file": (
        "Asset(s, 'a', path=os.path.join(os.path.dirname(__file__), 'code.zip'), type=AssetType.DIRECTORY)",
        "Asset(s, 'a', path=os.path.join(os.path.dirname(__file__), 'code.zip'), type=AssetType.FILE)",
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, schema: Schema) -> None:
    (file,) = repaired(schema, before + "\n").files
    assert file.after == HEAD + after + "\n"


NOOP = {
    "a file": "Asset(s, 'a', path='fn.zip', type=AssetType.FILE)",
    "an archive of a folder": "Asset(s, 'a', path='src', type=AssetType.ARCHIVE)",
    "no type": "Asset(s, 'a', path='fn.zip')",
    "an unknown path": "Asset(s, 'a', path=given, type=AssetType.FILE)",
    "a path that is not there": "Asset(s, 'a', path='dist', type=AssetType.FILE)",
    "own class": "class Asset: pass\nAsset(s, 'a', path='fn.zip', type=AssetType.ARCHIVE)",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, schema: Schema) -> None:
    result = repaired(schema, code)
    assert (result.files, result.findings) == ([], [])


def test_a_folder_is_shown(schema: Schema) -> None:
    result = repaired(schema, "Asset(s, 'a', path='src', type=AssetType.FILE)")
    assert (result.files, [finding.safety for finding in result.findings]) == ([], ["shown"])
