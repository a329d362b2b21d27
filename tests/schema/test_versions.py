"""Which snapshots are in force, by what a project imports and what is known here."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods import Schema
from cdktf_codemods.schema.declarations import Binding, Declaration
from cdktf_codemods.schema.versions import UnknownProviderError, asked, choose

AWS = "cdktf_cdktf_provider_aws"

NEAREST = {"21.11.0": "21.9.1", "21.21.0": "21.22.1", "21.30.0": "21.22.1", "20.0.0": "20.1.0"}


@pytest.mark.parametrize("version", NEAREST)
def test_a_version_without_a_snapshot_uses_the_nearest_of_its_major_and_says_so(version: str) -> None:
    snapshots, notes, missing = choose([asked(f"aws@{version}")])
    assert [each.version for each in snapshots if each.package == AWS] == [NEAREST[version]]
    assert missing == []
    (note,) = notes
    assert f"using {NEAREST[version]}" in note
    assert f"cdktf-fix schema add cdktf-cdktf-provider-aws=={version}" in note


@pytest.mark.parametrize(
    ("constraint", "added"),
    [
        ("==19.65.1", "19.65.1"),
        ("~=9.0", "9.0"),
        (">=18,<20", "18"),
        ("<19", "VERSION"),
        ("<20", "VERSION"),
        ("==22.0.0", "22.0.0"),
    ],
)
def test_a_major_version_without_a_snapshot_is_not_there(constraint: str, added: str) -> None:
    declaration = Declaration(AWS, constraint, "requirements.txt")
    snapshots, notes, missing = choose([declaration], {"cdktf", f"{AWS}.eip"})
    assert {each.package for each in snapshots} == {"cdktf", "constructs"}
    assert notes == []
    (lack,) = missing
    assert lack.line.endswith(f"cdktf-fix schema add cdktf-cdktf-provider-aws=={added}")
    assert lack.line.startswith(f"requirements.txt wants cdktf-cdktf-provider-aws{constraint}")


def test_a_provider_without_a_snapshot_is_missing_where_it_is_imported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CDKTF_FIX_SCHEMAS", str(tmp_path))
    name = "cdktf_cdktf_provider_datadog"
    (lack,) = choose([], {"cdktf", f"{name}.monitor"}).missing
    assert "cdktf-fix schema add cdktf-cdktf-provider-datadog==VERSION" in lack.line
    assert lack.requirement == "cdktf-cdktf-provider-datadog"
    (lack,) = choose([Declaration(name, "==12.15.2", "uv.lock")], {"cdktf", f"{name}.monitor"}).missing
    assert lack.requirement == "cdktf-cdktf-provider-datadog==12.15.2"
    assert choose([Declaration(name, "==12.15.2", "uv.lock")], {"cdktf"}).missing == []


IN_FORCE = {
    "what is imported": (
        {"cdktf", "cdktf_cdktf_provider_google.provider"},
        [],
        {"cdktf", "cdktf_cdktf_provider_google"},
    ),
    "what is declared": ({"cdktf"}, ["cdktf_cdktf_provider_random", "boto3"], {"cdktf", "cdktf_cdktf_provider_random"}),
    "the successor": ({"cdktn", "cdktn_provider_aws.eip"}, [], {"cdktn", "cdktn_provider_aws"}),
    "the successor's core, by its provider": ({"cdktn_provider_aws"}, [], {"cdktn", "cdktn_provider_aws"}),
    "a core for those who import none": ({"json"}, [], {"cdktf"}),
    "no provider": ({"cdktf", "constructs"}, [], {"cdktf"}),
}


@pytest.mark.parametrize(("imported", "declared", "expected"), IN_FORCE.values(), ids=IN_FORCE)
def test_in_force(imported: set[str], declared: list[str], expected: set[str]) -> None:
    choice = choose([Declaration(each, "", "requirements.txt") for each in declared], imported)
    assert {each.name for each in choice.snapshots} == expected | {"constructs"}
    assert choice.missing == []


def test_names_are_looked_for_in_what_is_in_force_only() -> None:
    schema = Schema(choose([], {"cdktf", "cdktf_cdktf_provider_google"}).snapshots)
    assert list(schema.locate("S3Bucket")) == []
    assert list(schema.locate("StorageBucket")) == ["cdktf_cdktf_provider_google.storage_bucket.StorageBucket"]
    assert schema.spelled("s3bucket") == []


def test_the_core_package_is_what_the_code_imports() -> None:
    for core in ("cdktf", "cdktn"):
        schema = Schema(choose([], {core}).snapshots)
        assert schema.core_name("Fn") == f"{core}.Fn"
        assert schema.core_member(f"{core}.Fn.join") == "Fn.join"
        assert schema.find(schema.core_name("TerraformStack")) is not None


BINDINGS = {
    "~> 5.0": ("imports.aws.eip", [Binding("aws", "~=5.0", "cdktf.json")], "20.1.0"),
    "exactly": ("imports.aws", [Binding("hashicorp/aws", "==5.100.0", "cdktf.json")], "20.1.0"),
    "any": ("imports.aws", [Binding("aws", "", "cdktf.json")], "21.9.1"),
    "no cdktf.json": ("imports.aws", [], "21.9.1"),
    "newer": ("imports.aws.vpc", [Binding("aws", ">=6.20", "cdktf.json")], "21.22.1"),
    "gen": ("gen.providers.aws.vpc", [Binding("aws", "~=5.0", "cdktf.json")], "20.1.0"),
    "gen without providers": ("gen.aws", [Binding("aws", "~=5.0", "cdktf.json")], "20.1.0"),
    "below a folder": ("infra.imports.aws.vpc", [Binding("aws", "~=5.0", "cdktf.json")], "20.1.0"),
    "in a folder of its own": ("bindings.aws.vpc", [Binding("aws", "~=5.0", "cdktf.json")], "20.1.0"),
    "the successor's, where only that has it": ("imports.aws", [Binding("aws", "==6.69.1", "cdktf.json")], "25.8.1"),
}


@pytest.mark.parametrize(("imported", "bindings", "version"), BINDINGS.values(), ids=BINDINGS)
def test_generated_bindings(imported: str, bindings: list[Binding], version: str) -> None:
    choice = choose([], {"cdktf", imported}, bindings, ("bindings",))
    (mounted,) = [each for each in choice.snapshots if each.mounted]
    assert mounted.version == version
    assert (choice.notes, choice.missing) == ([], [])
    schema = Schema(choice.snapshots)
    eip = schema.find(f"{mounted.name}.eip.Eip")
    assert eip is not None
    assert eip.is_construct
    assert eip.bases == ["cdktf.TerraformResource"]
    assert schema.submodules(mounted.name)
    assert schema.covers(f"{mounted.name}.nothing")
    assert not schema.covers(mounted.name.rpartition(".")[0])
    assert list(schema.locate("Eip")) == [f"{mounted.name}.eip.Eip"]


def test_generated_bindings_of_an_unknown_version_are_missing() -> None:
    choice = choose([], {"cdktf", "imports.aws.vpc"}, [Binding("aws", "~=4.0", "cdktf.json")])
    assert [each for each in choice.snapshots if each.mounted] == []
    (lack,) = choice.missing
    assert "cdktf-fix schema add cdktf-cdktf-provider-aws==VERSION" in lack.line
    choice = choose([], {"cdktf", "imports.datadog.monitor"}, [Binding("DataDog/datadog", "", "cdktf.json")])
    assert [each.requirement for each in choice.missing] == ["cdktf-cdktf-provider-datadog"]


def test_a_package_that_is_called_imports_is_no_binding() -> None:
    choice = choose([], {"cdktf", "imports.helpers"}, [Binding("aws", "", "cdktf.json")])
    assert [each for each in choice.snapshots if each.mounted] == []
    assert choice.missing == []


def test_a_short_name_that_is_asked_for_is_what_the_code_imports() -> None:
    choice = choose([asked("aws@25.8.1")], {"cdktn", "cdktn_provider_aws"})
    assert [each.version for each in choice.snapshots if each.package == "cdktn_provider_aws"] == ["25.8.1"]
    choice = choose([asked("aws@20.1.0")], {"cdktf", "imports.aws"})
    assert [each.version for each in choice.snapshots if each.mounted] == ["20.1.0"]


@pytest.mark.parametrize("text", ["aws", "aws@", "@1.0", "aws@latest"])
def test_what_names_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="NAME@VERSION"):
        asked(text)


def test_an_unknown_provider_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CDKTF_FIX_SCHEMAS", str(tmp_path))
    with pytest.raises(UnknownProviderError, match=r"schema add cdktf-cdktf-provider-datadog==12\.15\.2"):
        choose([asked("datadog@12.15.2")])
