"""The table of what used to be called otherwise, against the schema of the default version."""

import pytest
from cdktf_codemods import Schema
from cdktf_codemods.knowledge.renames import _MODULES, ARGUMENTS, Renamed
from cdktf_codemods.schema.paths import paths

PACKAGE = "cdktf_cdktf_provider_aws"


@pytest.mark.parametrize("row", ARGUMENTS, ids=lambda row: f"{row.owner}.{row.old}")
def test_argument(row: Renamed, schema: Schema) -> None:
    (name,) = schema.locate(row.owner)
    made = schema.find(name)
    assert made is not None
    assert row.old not in made.arguments
    assert row.new in map(str, paths(made)) if row.new else row.advice


@pytest.mark.parametrize("old", _MODULES["aws"])
def test_module(old: str, schema: Schema) -> None:
    assert schema.module(f"{PACKAGE}.{old}") is None
    assert schema.module(f"{PACKAGE}.{_MODULES['aws'][old]}") is not None
