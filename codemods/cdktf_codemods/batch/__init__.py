"""Many outputs, repaired shard by shard so that a run can be killed at any moment and gone on with."""

from .job import BatchError, Job, Progress, run
from .result import Status

__all__ = ["BatchError", "Job", "Progress", "Status", "run"]
