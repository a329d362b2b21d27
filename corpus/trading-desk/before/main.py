from cdktf import App

from lib.tap_stack import TradingPlatformStack

app = App()
TradingPlatformStack(app, "trading-us-east-1", region="us-east-1", environment_suffix="dev")
app.synth()
