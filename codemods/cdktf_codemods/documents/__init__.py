"""What carries Python: files of a folder, read and written without losing a byte of what is not Python."""

from .disk import DocumentError, create
from .folder import Folder, Resources
from .python_file import PythonFile
from .roots import Roots
from .walk import Unreadable, find_files

__all__ = ["DocumentError", "Folder", "PythonFile", "Resources", "Roots", "Unreadable", "create", "find_files"]
