from cdktf import App

from lib.failover import FailoverStack

app = App()
FailoverStack(app, "failover")
app.synth()
