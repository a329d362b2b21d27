"""What all apps share."""

from libs.common.constants import (
    ARTIFACT_BUCKET,
    INTERNAL_INGRESS,
    LAMBDA_TIMEOUT,
    LOG_RETENTION,
    RUNTIME,
)
from libs.common.naming import Stage
from libs.common.policies import assume_role, cors_rule, expire, statement
from libs.common.tags import common_tags, group_tags

__all__ = [
    "ARTIFACT_BUCKET",
    "INTERNAL_INGRESS",
    "LAMBDA_TIMEOUT",
    "LOG_RETENTION",
    "RUNTIME",
    "Stage",
    "assume_role",
    "common_tags",
    "cors_rule",
    "expire",
    "group_tags",
    "statement",
]
