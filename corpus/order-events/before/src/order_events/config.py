"""Typed settings; everything that differs between environments is decided here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from functools import cached_property
from typing import Any, Self


class Environment(Enum):
    """Where a stack is deployed."""

    STAGING = "staging"
    PRODUCTION = "production"


class BillingMode(StrEnum):
    """How DynamoDB is paid for."""

    ON_DEMAND = "PAY_PER_REQUEST"
    PROVISIONED = "PROVISIONED"


class Projection(StrEnum):
    """What an index copies from its table."""

    ALL = "ALL"
    KEYS_ONLY = "KEYS_ONLY"
    INCLUDE = "INCLUDE"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSpec:
    """A global secondary index."""

    name: str
    hash_key: str
    range_key: str | None = None
    projection: Projection = Projection.ALL
    attributes: tuple[str, ...] = ()

    def as_block(self) -> dict[str, Any]:
        """The index as the table wants it."""
        return {
            "name": self.name,
            "hash_key": self.hash_key,
            "range_key": self.range_key,
            "projection_type": self.projection.value,
            "non_key_attributes": list(self.attributes) or None,
        }


@dataclass(frozen=True)
class TableSpec:
    """A table, its keys and its indexes."""

    name: str
    hash_key: str
    range_key: str | None = None
    indexes: tuple[IndexSpec, ...] = ()
    ttl_attribute: str | None = None

    @cached_property
    def key_attributes(self) -> list[str]:
        """Every attribute that is part of a key, once."""
        keys = [self.hash_key, self.range_key]
        for index in self.indexes:
            keys += [index.hash_key, index.range_key]
        return list(dict.fromkeys(key for key in keys if key is not None))


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one environment."""

    environment: Environment
    region: str = "eu-west-1"
    billing_mode: BillingMode = BillingMode.ON_DEMAND
    log_retention_days: int = 14
    kinesis_retention_hours: str = "24"
    burst_limit: int = 100
    memory_mb: int = 256
    allowed_origins: tuple[str, ...] = ("http://localhost:3000",)
    tags: dict[str, str] = field(default_factory=dict)

    @classmethod
    def for_environment(cls, environment: Environment) -> Self:
        """The settings that an environment has if nobody says otherwise."""
        match environment:
            case Environment.PRODUCTION:
                return cls(
                    environment,
                    log_retention_days=365,
                    kinesis_retention_hours="168",
                    burst_limit=2_000,
                    memory_mb=1_024,
                    allowed_origins=("https://shop.example.com",),
                )
            case _:
                return cls(environment)

    def with_tags(self, **tags: str) -> Self:
        """The same settings with more tags."""
        return replace(self, tags={**self.tags, **tags})

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    def name(self, *parts: str) -> str:
        """A name that no other environment uses."""
        return "-".join(("orders", *parts, self.environment.value))


ORDERS = TableSpec(
    name="orders",
    hash_key="order_id",
    indexes=(
        IndexSpec(name="by-customer", hash_key="customer_id", range_key="created_at"),
        IndexSpec(
            name="by-status",
            hash_key="status",
            range_key="created_at",
            projection=Projection.INCLUDE,
            attributes=("total", "currency"),
        ),
    ),
)
IDEMPOTENCY = TableSpec(name="idempotency", hash_key="request_id", ttl_attribute="expires_at")
