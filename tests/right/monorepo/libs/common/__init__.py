from .tags import standard_tags
from .buckets import Bucket

__all__ = ["Bucket", "standard_tags"]
