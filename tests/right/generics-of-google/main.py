"""Builders by protocol and type parameter: each makes one kind of thing, a registry keeps what was made."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, ParamSpec, Protocol, TypeVar, runtime_checkable

from cdktf import App, TerraformOutput, TerraformResource, TerraformStack
from cdktf_cdktf_provider_google.project_service import ProjectService
from cdktf_cdktf_provider_google.provider import GoogleProvider
from cdktf_cdktf_provider_google.pubsub_subscription import PubsubSubscription, PubsubSubscriptionRetryPolicy
from cdktf_cdktf_provider_google.pubsub_topic import PubsubTopic
from cdktf_cdktf_provider_google.service_account import ServiceAccount
from cdktf_cdktf_provider_google.storage_bucket import StorageBucket, StorageBucketVersioning
from constructs import Construct

T = TypeVar("T", bound=TerraformResource)
K = TypeVar("K", bound=TerraformResource, covariant=True)
P = ParamSpec("P")


@runtime_checkable
class Named(Protocol):
    @property
    def name(self) -> str: ...


class Builder(Protocol[K]):
    def __call__(self, scope: Construct, name: str, /) -> K: ...


class Registry(Generic[T]):
    def __init__(self) -> None:
        self._made: defaultdict[str, list[T]] = defaultdict(list)

    def add(self, key: str, thing: T) -> T:
        self._made[key].append(thing)
        return thing

    def __getitem__(self, key: str) -> list[T]:
        return self._made[key]

    def __iter__(self) -> Iterator[T]:
        return (each for group in self._made.values() for each in group)


class Module(ABC, Generic[T]):
    api: str

    def __init__(self, stack: Platform) -> None:
        self.stack = stack

    @abstractmethod
    def build(self, name: str) -> T: ...

    @contextmanager
    def enabled(self) -> Iterator[ProjectService]:
        yield ProjectService(self.stack, f"api-{self.api}", service=f"{self.api}.googleapis.com", disable_on_destroy=False)


class Topics(Module[PubsubTopic]):
    api = "pubsub"

    def build(self, name: str) -> PubsubTopic:
        with self.enabled() as api:
            topic = PubsubTopic(self.stack, name, name=name, depends_on=[api], message_retention_duration="86600s")
            PubsubSubscription(
                self.stack,
                f"{name}-pull",
                name=f"{name}-pull",
                topic=topic.id,
                ack_deadline_seconds=20,
                retry_policy=PubsubSubscriptionRetryPolicy(minimum_backoff="10s"),
            )
        return topic


class Buckets(Module[StorageBucket]):
    api = "storage"

    def build(self, name: str) -> StorageBucket:
        with self.enabled() as api:
            return StorageBucket(
                self.stack,
                name,
                name=name,
                location="EU",
                uniform_bucket_level_access=True,
                versioning=StorageBucketVersioning(enabled=True),
                depends_on=[api],
            )


def traced(make: Callable[P, T]) -> Callable[P, T]:
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        return make(*args, **kwargs)

    return wrapper


@traced
def account(scope: Construct, name: str) -> ServiceAccount:
    return ServiceAccount(scope, name, account_id=name, display_name=name.title())


class Platform(TerraformStack):
    def __init__(self, scope: Construct, ns: str, project: str) -> None:
        super().__init__(scope, ns)
        GoogleProvider(self, "google", project=project)
        made: Registry[TerraformResource] = Registry()
        modules: dict[str, Module[PubsubTopic] | Module[StorageBucket]] = {"topic": Topics(self), "bucket": Buckets(self)}
        for key, module in modules.items():
            made.add(key, module.build(f"{project}-{key}"))
        builder: Builder[ServiceAccount] = account
        self.account = builder(self, "runner")
        for each in made:
            if isinstance(each, Named):
                TerraformOutput(self, f"{each.node.id}-name", value=each.name)


app = App()
Platform(app, "platform", "example")
app.synth()
