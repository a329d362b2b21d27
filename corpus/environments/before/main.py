import os

from cdktf import App

from lib.stack import EnvironmentStack

environment_suffix = os.getenv("ENVIRONMENT_SUFFIX", "demo")
app = App()
EnvironmentStack(app, f"env-{environment_suffix}", environment_suffix=environment_suffix)
app.synth()
