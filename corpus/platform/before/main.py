from cdktf import App
from lib.platform import PlatformStack
app = App()
PlatformStack(app, "platform", env="dev")
app.synth()
