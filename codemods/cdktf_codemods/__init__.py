"""Repairs CDKTF Python by what the provider version at hand accepts."""

from .engine.run import FileRepair, Repair, RepairError, Settings, repair
from .rules.rule import Finding, Rule
from .schema import Schema

__all__ = ["FileRepair", "Finding", "Repair", "RepairError", "Rule", "Schema", "Settings", "repair"]
