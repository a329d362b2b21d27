from __future__ import annotations

from dataclasses import asdict, dataclass, field
from types import SimpleNamespace
from typing import Any, ClassVar

from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc

from . import kinds

settings = SimpleNamespace(region="eu-west-1")
settings.stage = "dev"


@dataclass
class Team:
    name: str
    options: dict[str, Any] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)
    known: ClassVar[list[Team]] = []

    def __post_init__(self):
        self.known.append(self)
        self.slug = self.name.lower()

    @classmethod
    def load(cls):
        data = [{"name": "A", "options": {"size": 1}}, {"name": "B", "extra": ["web", "db"]}, {"name": "C", "options": {"fifo": True}}]
        return [cls(**each) for each in data]

    def __getattr__(self, key):
        raise AttributeError(f"{asdict(self)} has no {key}")


def with_defaults(given, **defaults):
    return {**defaults, **{k: v for k, v in given.items() if v is not None}}


def network(scope, count):
    vpc = Vpc(scope, "vpc", cidr_block="10.0.0.0/16")
    return vpc, [Subnet(scope, f"subnet{n}", vpc_id=vpc.id, cidr_block=f"10.0.{n}.0/24") for n in range(count)]


def queue_class(fifo=False):
    class Queue(SqsQueue):
        def __init__(self, scope, ns, **kwargs):
            name = kwargs.pop("name", ns)
            if fifo:
                kwargs |= {"fifo_queue": True}
                name += ".fifo"
            super().__init__(scope, ns, name=name, **kwargs)
            self.is_fifo = fifo

        @property
        def label(self):
            return f"{self.node.id}{'!' if self.is_fifo else ''}"

    return Queue


def build(scope, names, **context):
    made = {}
    for name in names:
        maker = kinds.MAKERS.get(name) or getattr(kinds, f"make_{name}", None)
        if maker is None:
            raise LookupError(name)
        made[name] = maker(scope, made=made, **context)
    return made
