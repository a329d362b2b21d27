import pytest
from cdktf import Testing

from stacks import StorageStack


@pytest.fixture
def app():
    return Testing.app()


@pytest.fixture(name="stack")
def _stack(app):
    return StorageStack(app, "test", prefix="test")


@pytest.fixture(params=["a", "b"])
def synthesized(request, app):
    return Testing.synth(StorageStack(app, "other", prefix=request.param))
