"""What constraints become that are to allow another version."""

from __future__ import annotations

import pytest
from cdktf_codemods.schema.assembly import required
from cdktf_codemods.schema.declarations import Declaration
from cdktf_codemods.schema.raising import Target, raised, targets
from cdktf_codemods.schema.store import SHIPPED, Snapshot, snapshots
from cdktf_codemods.schema.versions import asked, choose

AWS = Target("21.9.1")
CORE = Target("0.21.0", ">=0.21.0,<0.22.0")

CONSTRAINTS = [
    ("python", "==9.0.0", "==21.9.1"),
    ("python", "==9", "==21.9.1"),
    ("python", "== 9.*", "== 21.*"),
    ("python", "===9.0.0", "===21.9.1"),
    ("python", "~=9.0", "~=21.9"),
    ("python", "~= 9.0.0", "~= 21.9.1"),
    ("python", ">= 9.0, < 10", ">= 21.9, < 22"),
    ("python", "<10,>=9.0", "<22,>=21.9"),
    ("python", ">=9.0,<9.1", ">=21.9,<21.10"),
    ("python", ">8,<9", ">=21,<22"),
    ("python", ">=9.0,!=9.0.3,<10.0", ">=21.9,!=9.0.3,<22.0"),
    ("python", "<9.1", "<21.10"),
    ("python", "<=9.0.5", "<=21.9.1"),
    ("poetry", "^12.0", "^21.9"),
    ("poetry", "12.0.3", "21.9.1"),
    ("poetry", "~12", "~21"),
    ("terraform", "~> 4.23", "~> 21.9"),
    ("terraform", "= 4.0.0", "= 21.9.1"),
    ("conda", "=9.0.0=py39_0", "=21.9.1"),
]


@pytest.mark.parametrize(("dialect", "before", "after"), CONSTRAINTS)
def test_raised(dialect: str, before: str, after: str) -> None:
    assert raised(before, AWS, dialect) == after
    assert raised(after, AWS, dialect) is None


@pytest.mark.parametrize("constraint", ["", ">=9", "~=21.0", "==21.9.1", "<22", "==9.0.0.post1", "git https://x"])
def test_left(constraint: str) -> None:
    assert raised(constraint, AWS, "python") is None


@pytest.mark.parametrize(("constraint", "after"), [("==0.20.8", "==0.21.0"), ("~=0.21.2", None), ("==0.21.3", None)])
def test_what_another_package_needs(constraint: str, after: str | None) -> None:
    assert raised(constraint, CORE, "python") == after


def test_needs_of_a_version_that_is_known() -> None:
    wanted = asked("aws@21.9.1")
    found = targets(wanted, choose([wanted]).snapshots)
    assert found["cdktf_cdktf_provider_aws"] == AWS
    assert found["cdktf"] == CORE
    assert found["constructs"].version == "10.4.2"
    assert found["jsii"].version == "1.113.0"


def test_needs_of_a_version_that_is_not_known_are_not_guessed() -> None:
    wanted = asked("aws@21.11.0")
    assert targets(wanted, choose([wanted]).snapshots) == {"cdktf_cdktf_provider_aws": Target("21.11.0")}


def test_needs_that_a_snapshot_does_not_tell_are_not_guessed() -> None:
    class Older(Snapshot):
        requires = property(lambda self: {})  # type: ignore[assignment]

    wanted = asked("aws@21.9.1")
    older = [Older(each.path, each.package, each.version) for each in choose([wanted]).snapshots]
    assert targets(wanted, older) == {"cdktf_cdktf_provider_aws": AWS}


def test_what_is_asked_for_counts_more_than_the_core_that_is_declared() -> None:
    old = [Declaration("cdktf", "~=0.9.0", "Pipfile")]
    chosen = choose([asked("aws@21.9.1"), *old], {"cdktf_cdktf_provider_aws", "cdktf"})
    assert chosen.notes == []
    assert {each.package: each.version for each in chosen.snapshots}["cdktf"] == "0.21.0"
    assert "no snapshot" in choose(old, {"cdktf"}).notes[0]


@pytest.mark.parametrize(
    "snapshot", [each for each in snapshots() if each.path.parent == SHIPPED], ids=lambda each: each.path.stem
)
def test_shipped_snapshots_know_what_they_need(snapshot: Snapshot) -> None:
    assert "jsii" in snapshot.requires
    assert snapshot.is_core or snapshot.core == "" or snapshot.core in snapshot.requires


def test_metadata() -> None:
    lines = ["cdktf (<0.10.0,>=0.9.0)", "typing-x ~=2.13.3", "black ; extra == 'dev'", "bare"]
    assert required(lines) == {"cdktf": ">=0.9.0,<0.10.0", "typing_x": "~=2.13.3", "bare": ""}
