"""The real thing: cdktf synthesises a project, in a warm process."""

from .synth import Dropped, Synthesis, Synthesizer

__all__ = ["Dropped", "Synthesis", "Synthesizer"]
