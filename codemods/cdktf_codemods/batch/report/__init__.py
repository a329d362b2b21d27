"""A batch as one page that needs no network: its figures, and each output with its diff and findings."""

from .page import ReportError, write_report

__all__ = ["ReportError", "write_report"]
