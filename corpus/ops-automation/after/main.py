from cdktf import App

from ops.stack import OperationsStack

app = App()
OperationsStack(app, "operations", region="us-east-2", stage="prod")
app.synth()
