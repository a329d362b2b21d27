"""What differs between accounts."""

from enum import Enum
from typing import NamedTuple


class Level(Enum):
    RELAXED = "relaxed"
    STRICT = "strict"

    @property
    def retention(self) -> int:
        return 365 if self is Level.STRICT else 90

    @property
    def frequency(self) -> str:
        return "FIFTEEN_MINUTES" if self is Level.STRICT else "SIX_HOURS"


class Settings(NamedTuple):
    name: str
    region: str
    level: Level
    mail: str

    @property
    def tags(self) -> dict:
        return {"Owner": "security", "Level": self.level.value}

    def named(self, suffix: str) -> str:
        return f"{self.name}-{suffix}"
