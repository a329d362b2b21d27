"""Looking at files such that what was seen is noted, and can be told later to be the same or not."""

from .looking import entries, exists, is_file, is_folder, matching, saw_entries, saw_file, text
from .notes import Current, Notes, noting, saw_data, saw_unreadable, status_of

__all__ = [
    "Current",
    "Notes",
    "entries",
    "exists",
    "is_file",
    "is_folder",
    "matching",
    "noting",
    "saw_data",
    "saw_entries",
    "saw_file",
    "saw_unreadable",
    "status_of",
    "text",
]
