import os

from cdktf import App

from config import load
from stacks.service import Services

app = App()
settings = load()
Services(app, f"services-{settings.stage}", settings, vpc_id=os.environ.get("VPC_ID", "vpc-0123456789abcdef0"))
app.synth()
