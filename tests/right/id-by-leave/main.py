from cdktf import App

from stacks import NetworkStack

app = App()
NetworkStack(app, id="network", cidr="10.0.0.0/16")
app.synth()
