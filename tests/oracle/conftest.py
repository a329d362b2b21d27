"""The oracle's own tests ask the oracle itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cdktf_codemods import Schema
from cdktf_codemods.oracle import Oracle

from tests.conftest import CAN_LOCK_UP, VARIABLES


@pytest.fixture(scope="package")
def oracle(schema: Schema) -> Iterator[Oracle]:
    """The real thing: a sandbox and a kernel for each project."""
    with Oracle(schema, mode=None if CAN_LOCK_UP else "none", environment=VARIABLES) as warm:
        warm.expect(10_000)
        yield warm
