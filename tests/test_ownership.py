"""Who else reads a value observes the same after the repair, and a construct gets the repaired value or the old one."""

from __future__ import annotations

import pytest
from cdktf_codemods import Schema, repair

from tests.ownership import NEEDS, READERS, faults, places, programs, ran


@pytest.mark.parametrize("seed", range(6))
def test_other_readers_observe_the_same(seed: int, schema: Schema) -> None:
    tried = 0
    for program in programs(seed):
        found = faults(program, schema, unsafe=seed % 2 == 1)
        assert not found, f"{found}\n" + "\n".join(program.files.values())
        tried += found is not None
        if tried == 60:
            break


def test_a_value_without_another_reader_is_repaired(schema: Schema) -> None:
    """Else the test above would hold of a repair that does nothing."""
    for need in NEEDS:
        files = places(need, "print(name)", need.use)["local"]
        after = {file.path: file.after for file in repair(files, schema).files}
        given = {id_: new for _, id_, new in ran({**files, **after}).given}
        assert given["use"] == need.good, need


def test_each_reader_can_run() -> None:
    """Each reader can read some value, so that all of them are tried."""
    for reader in READERS:
        assert any(not ran(places(need, need.use, reader)["local"]).error for need in NEEDS), reader
