from . import audit, detection, security
