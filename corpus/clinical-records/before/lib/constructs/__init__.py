"""Constructs of the clinical records platform."""

from .database import RecordsDatabase
from .identity import ClinicianIdentity
from .network import ClinicNetwork
from .protection import DataProtection
from .service import ClinicCluster, ContainerService

__all__ = [
    "ClinicCluster",
    "ClinicNetwork",
    "ClinicianIdentity",
    "ContainerService",
    "DataProtection",
    "RecordsDatabase",
]
