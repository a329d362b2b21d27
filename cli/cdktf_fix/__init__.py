"""The program ``cdktf-fix``: commands and output, nothing that decides a fix."""

__version__ = "0.1.0"
