"""What is deployed, as frozen dataclasses; numbers stay numbers until a resource wants a text."""

from __future__ import annotations

from dataclasses import KW_ONLY, asdict, dataclass, field, fields, replace
from datetime import timedelta
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Queue:
    name: str
    visibility: timedelta = timedelta(seconds=30)
    retention: timedelta = timedelta(days=4)
    fifo: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.name}.fifo" if self.fifo else self.name

    def arguments(self) -> dict[str, Any]:
        return {
            "name": self.full_name,
            "visibility_timeout_seconds": int(self.visibility.total_seconds()),
            "message_retention_seconds": int(self.retention.total_seconds()),
            "fifo_queue": self.fifo,
        }


@dataclass(frozen=True, slots=True)
class Database:
    identifier: str
    _: KW_ONLY
    engine: str = "postgres"
    engine_version: str | None = None
    storage: int = 20
    instance_class: str = "db.t4g.micro"


@dataclass(frozen=True, slots=True)
class Service:
    name: str
    port: int = 8080
    cpu: int = 256
    memory: int = 512
    drain: int = 30
    environment: dict[str, str] = field(default_factory=dict)
    queues: tuple[Queue, ...] = ()

    def container(self, image: str) -> dict[str, Any]:
        """A container as ECS writes one, where numbers are numbers."""
        return {
            "name": self.name,
            "image": image,
            "cpu": self.cpu,
            "memory": self.memory,
            "portMappings": [{"containerPort": self.port}],
            "environment": [{"name": key, "value": value} for key, value in sorted(self.environment.items())],
        }


@dataclass(frozen=True)
class Settings:
    stage: str
    services: tuple[Service, ...]
    database: Database
    tags: dict[str, str] = field(default_factory=dict)

    def with_tags(self, **tags: str) -> Self:
        return replace(self, tags={**self.tags, **tags})

    def summary(self) -> dict[str, Any]:
        return {each.name: asdict(getattr(self, each.name)) for each in fields(self) if each.name == "database"}
