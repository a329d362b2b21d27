import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "src"))

from cdktf import App

from infra.config import CONFIGS
from infra.stack import InfraStack

app = App()
stacks = [InfraStack(app, name, config) for name, config in CONFIGS.items()]
app.synth()
