"""Order events: an event-driven order pipeline on AWS."""

from .api import OrderApi
from .compute import FunctionFactory, FunctionSpec
from .config import Environment, IndexSpec, Settings, TableSpec
from .messaging import EventBackbone
from .stack import OrderEventsStack
from .storage import OrderStorage

__all__ = [
    "Environment",
    "EventBackbone",
    "FunctionFactory",
    "FunctionSpec",
    "IndexSpec",
    "OrderApi",
    "OrderEventsStack",
    "OrderStorage",
    "Settings",
    "TableSpec",
]
