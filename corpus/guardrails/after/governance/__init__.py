"""Rules that hold for every stack."""

from .aspects import DeletionGuard, RequiredTags
from .registry import register

__all__ = ["DeletionGuard", "RequiredTags", "register"]
