from cdktf import App
from infra.platform import PlatformStack

app = App()
PlatformStack(app, "platform", environment="dev")
app.synth()
