"""Integration tests."""
from cdktf import App

from lib.tap_stack import TapStack as Stack


def test_stack_is_created():
    stack = Stack(App(), "TestStack", region="us-east-1", environment_suffix="test")
    assert stack is not None
