"""What carries Python: files of a folder, read and written without losing a byte of what is not Python."""

from .folder import Folder, Resources, Unreadable, find_files, project_root
from .python_file import DocumentError, PythonFile, create

__all__ = ["DocumentError", "Folder", "PythonFile", "Resources", "Unreadable", "create", "find_files", "project_root"]
