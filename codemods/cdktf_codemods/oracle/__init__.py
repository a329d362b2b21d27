"""The real thing: synthesises a project with the real cdktf, in a sandbox, and has Terraform validate the result."""

from .answer import Answer, Complaint, Dropped, Failure, Place
from .evidence import evidence_of
from .limits import Limits
from .oracle import Oracle, OracleError
from .sandbox import SandboxError
from .terraform import Terraform, TerraformError

__all__ = [
    "Answer",
    "Complaint",
    "Dropped",
    "Failure",
    "Limits",
    "Oracle",
    "OracleError",
    "Place",
    "SandboxError",
    "Terraform",
    "TerraformError",
    "evidence_of",
]
