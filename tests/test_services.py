"""The table of what services are called besides, against the schemas of the shipped versions."""

import pytest
from cdktf_codemods import Schema
from cdktf_codemods.knowledge.services import _SERVICES
from cdktf_codemods.schema.declarations import Declaration
from cdktf_codemods.schema.versions import choose

ROWS = [(provider, service, every) for provider, rows in _SERVICES.items() for service, every in rows.items()]


@pytest.mark.parametrize(("provider", "service", "every"), ROWS, ids=str)
def test_what_resources_begin_with(provider: str, service: str, every: tuple[str, ...]) -> None:
    package = f"cdktf_cdktf_provider_{provider}"
    schema = Schema(choose([Declaration(package, "", "test")])[0])
    modules = [module.rpartition(".")[2] for module in schema.submodules(package)]
    for begins in filter(None, every):
        assert any(f"{module}_".startswith(f"{begins.replace(' ', '_')}_") for module in modules), begins
