"""Repairs CDKTF Python by what the provider version at hand accepts."""

from .repair import FileRepair, Repair, RepairError, Settings, repair
from .rule import Finding, Rule
from .schema import Schema

__all__ = ["FileRepair", "Finding", "Repair", "RepairError", "Rule", "Schema", "Settings", "repair"]
