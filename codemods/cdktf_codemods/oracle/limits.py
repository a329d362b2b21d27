"""What a project may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Per project: ``seconds`` of time, ``memory`` and ``disk`` in bytes, ``processes`` at once.

    A worker may hold ``kernel`` bytes in all; one that holds half of them after a project is replaced.
    """

    seconds: float = 60.0
    memory: int = 1 << 30
    disk: int = 256 << 20
    processes: int = 64
    kernel: int = 4 << 30
