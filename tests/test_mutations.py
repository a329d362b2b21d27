"""No harm: mutants of the corpus are repaired without a crash, a lost comment, unrest or a word that is not so."""

from __future__ import annotations

import pytest
from cdktf_codemods import Schema

from tests.mutants import faults, mutant, parses

TRIED = 50
"""For each seed; ``python -m tests.mutants`` tries as many as one likes."""
LARGEST = 2_500
"""Characters."""


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(each, marks=pytest.mark.slow) for each in range(4, 20))])
def test_mutants(seed: int, schema: Schema) -> None:
    tried = 0
    for number in range(seed * 1_000, (seed + 1) * 1_000):
        each = mutant(number, LARGEST)
        if not all(map(parses, each.files.values())):
            continue
        assert faults(each, schema) == [], f"{number}: {each}"
        tried += 1
        if tried == TRIED:
            return
