import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from cdktf import App  # noqa: E402

from services.api.stack import ServiceStack as ApiStack  # noqa: E402
from services.web.stack import ServiceStack as WebStack  # noqa: E402

app = App()
api = ApiStack(app, "api")
WebStack(app, "web", uploads=api.bucket.id)
app.synth()
