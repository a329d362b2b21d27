"""The kernel that tests share says what the oracle says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cdktf_codemods.oracle import Answer, Oracle

from tests.conftest import VARIABLES
from tests.warm import Warm, without_folders

CORPUS = Path(__file__).parents[2] / "corpus"
HEAD = "from cdktf import App, TerraformStack\n"
BEYOND = f"{HEAD}import cdktf_cdktf_provider_aws as aws\nprint(getattr(aws, 'dms_' + 'endpoint').DmsEndpoint)\n"


@pytest.mark.parametrize("project", ["commerce/after", "payments/before", "retail/before", "legacy-imports/before"])
def test_the_same_answer(project: str, oracle: Oracle) -> None:
    """Of projects that synthesise, lose data, and fail in jsii and in Python: all but the time and the folders."""
    with Warm(oracle.schema, mode="none", environment=VARIABLES) as warm:
        said, shared = oracle.synthesize(CORPUS / project), warm.synthesize(CORPUS / project)
    assert warm.answered == 1
    assert all_but_time(without_folders(said)) == all_but_time(shared)


def test_the_same_stacks_from_another_kernel(oracle: Oracle) -> None:
    """A kernel lives for so many projects only: one that is asked about twice may meet two."""
    with Warm(oracle.schema, mode="none", environment=VARIABLES) as warm:
        first = warm.synthesize(CORPUS / "commerce/after")
        warm._end()
        assert first.stacks == warm.synthesize(CORPUS / "commerce/after").stacks


def all_but_time(answer: Answer) -> Answer:
    return replace(answer, seconds=0.0)


def test_what_the_kernel_lacks_goes_to_the_oracle(oracle: Oracle, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(BEYOND)
    with Warm(oracle.schema, mode="none", environment=VARIABLES) as warm:
        assert "no stack" in str(warm.synthesize(tmp_path).failure)


def test_a_kernel_that_is_ended_costs_one_question(oracle: Oracle, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n")
    with Warm(oracle.schema, mode="none", environment=VARIABLES) as warm:
        assert warm.synthesize(tmp_path).failure is not None
        assert warm.synthesize(CORPUS / "commerce/after").stacks
        assert warm.answered == 1
