"""Many outputs, repaired shard by shard so that a run can be killed at any moment and gone on with."""

from .job import Job, Progress, run
from .result import Status
from .shards import BatchError

__all__ = ["BatchError", "Job", "Progress", "Status", "run"]
