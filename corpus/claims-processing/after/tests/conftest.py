"""Fixtures: stacks, synthesised once each."""
import json
from typing import Any, Dict

import pytest
from cdktf import Testing


def resources(manifest: Dict[str, Any], kind: str) -> Dict[str, Dict[str, Any]]:
    """All resources of a kind, by their name in Terraform."""
    return manifest["resource"].get(kind, {})


def synthesise(name: str, **settings: str) -> Dict[str, Any]:
    """What a stack with these settings synthesises to."""
    # imported late: tests of a single construct need not wait for all of the stack
    from lib.claims_stack import ClaimsStack

    stack = ClaimsStack(Testing.app(), name, **settings)
    return json.loads(Testing.synth(stack))


@pytest.fixture(scope="session")
def dev() -> Dict[str, Any]:
    """What the development stack synthesises to."""
    return synthesise("claims-dev")


@pytest.fixture(scope="session")
def prod() -> Dict[str, Any]:
    """What the production stack synthesises to."""
    return synthesise("claims-prod", environment="prod")
