"""Unit tests."""
from cdktf import App, Testing

from lib.tap_stack import TradingPlatformStack


class TestTapStack:
    """The stack as JSON."""

    def test_it_has_a_bucket(self):
        app = App()
        stack = TradingPlatformStack(app, "TestStack", region="us-east-1", environment_suffix="test")
        assert "aws_s3_bucket" in Testing.synth(stack)
