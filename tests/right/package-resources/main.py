from cdktf import App

from infra.stack import Documents

app = App()
Documents(app, "documents", stage="test")
app.synth()
