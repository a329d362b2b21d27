from cdktf import App
from lib.network import NetworkStack

app = App()
NetworkStack(app, "web-tier-network", {"cidr": "10.20.0.0/16", "zones": ["us-west-2a", "us-west-2b"]})
app.synth()
