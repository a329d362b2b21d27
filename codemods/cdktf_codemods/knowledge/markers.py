"""What text that has to do with CDKTF spells, so that other text is told apart before anything is loaded to read it."""

from __future__ import annotations

_MARKERS = (
    "cdktf",
    "cdktn",
    "construct",
    "Construct",
    "imports",
    "Provider",
    "scope",
    "synth",
    "terraform",
    "Terraform",
)
"""The packages, what generated bindings are imported as, and what code whose imports are missing still says."""


def may_concern(code: str) -> bool:
    """Whether a text may be CDKTF code."""
    return any(marker in code for marker in _MARKERS)
