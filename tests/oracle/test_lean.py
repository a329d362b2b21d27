"""What every kernel loads of cdktf lacks only what the kernel does not read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cdktf_codemods.oracle.lean import PACKAGES, lean_tarballs
from cdktf_codemods.schema.assembly import described, files_of, installed_tarball

PROSE = ("docs", "locationInModule", "symbolId", "readme")


def names(said: Any) -> Any:
    """A description without prose."""
    if isinstance(said, dict):
        return {key: names(value) for key, value in said.items() if key not in PROSE}
    return [names(each) for each in said] if isinstance(said, list) else said


@pytest.mark.parametrize("package", PACKAGES)
def test_code_and_types_are_the_same(package: str) -> None:
    pytest.importorskip("cdktf")
    original = installed_tarball(package)
    lean, whole = (files_of(Path(path), lambda name: True) for path in (lean_tarballs()[package], original))
    code = {name for name in whole if name.endswith((".js", ".json", ".cjs"))}
    assert {name: whole[name] for name in code} == {name: data for name, data in lean.items() if name != ".jsii"}
    assembly, _ = described(whole.get)
    assert names(json.loads(lean[".jsii"])["types"]) == names(assembly["types"])
    assert sum(map(len, lean.values())) < sum(map(len, whole.values())) / 1.5


def test_a_package_without_a_tarball_is_loaded_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CDKTF_FIX_SCHEMAS", str(tmp_path))
    (tmp_path / "parts").write_text("no folder")
    assert lean_tarballs() == {}
