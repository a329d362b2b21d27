from cdktf import App

from mesh import build

app = App()
build(app, "data-mesh", domains=("sales", "logistics"), stage="dev")
app.synth()
