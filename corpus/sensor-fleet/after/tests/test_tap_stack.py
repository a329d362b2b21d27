"""Unit tests for TAP Stack."""
import os
import sys

from cdktf import App, Testing

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lib.tap_stack import TapStack  # pylint: disable=wrong-import-position


class TestTapStack:
    """The stack without AWS, which Terraform can check without a network."""

    def setup_method(self):
        """Make the stack anew."""
        self.stack = TapStack(App(), "TestStack", with_cache=False)

    def test_is_valid(self):
        """Terraform takes it."""
        synth = Testing.full_synth(self.stack)
        manifest = Testing.to_be_valid_terraform(synth)
        assert manifest is True

    def test_is_valid_and_has_a_mark(self):
        """Both of one text."""
        synth = Testing.synth(self.stack)
        assert "terraform_data" in synth
        assert Testing.to_be_valid_terraform(Testing.full_synth(self.stack))
