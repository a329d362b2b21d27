from .model import Database, Queue, Service, Settings
from .load import load

__all__ = ["Database", "Queue", "Service", "Settings", "load"]
