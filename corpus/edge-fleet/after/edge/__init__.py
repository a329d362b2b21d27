from .fleet import EdgeFleet

__all__ = ["EdgeFleet"]
