"""What a developer may put here: a ``LocalStack``."""
from cdktf import TerraformStack


class Sandbox(TerraformStack):
    """Nobody has to use it."""
