"""Repairs CDKTF Python by what the provider version at hand accepts."""

from .engine.findings import Failure, FileRepair, Finding, Place, Repair
from .engine.run import repair
from .rules.rule import Rule
from .rules.settings import Settings
from .schema import Schema

__all__ = ["Failure", "FileRepair", "Finding", "Place", "Repair", "Rule", "Schema", "Settings", "repair"]
