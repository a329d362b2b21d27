from cdktf import App
from stacks import StorageStack

if __name__ == "__main__":
    app = App()
    StorageStack(app, "storage")
    app.synth()
