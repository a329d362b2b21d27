"""How far a fix can be trusted."""

from __future__ import annotations

from typing import Literal

Safety = Literal["safe", "unsafe", "shown"]
SAFE: Safety = "safe"
"""The old code could not work, or the new means the same."""
UNSAFE: Safety = "unsafe"
"""A person should look."""
SHOWN: Safety = "shown"
"""No edit is made; the message says why."""
