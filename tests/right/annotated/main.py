from __future__ import annotations

import typing as t
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, NamedTuple, Optional, Protocol, TypedDict, Union

from cdktf import App, TerraformResource, TerraformStack
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

if TYPE_CHECKING:
    from cdktf_cdktf_provider_aws.vpc import Vpc
    from constructs import Construct

Tags = Mapping[str, str]
Size = Literal["small", "large"]
PORT: Final = 443
DELAY: Final[int] = 30


class Stage(str, Enum):
    DEV = "dev"
    PROD = "prod"


class Options(TypedDict, total=False):
    instance_type: str
    monitoring: bool


class Machine(NamedTuple):
    name: str
    size: Size = "small"


class HasArn(Protocol):
    @property
    def arn(self) -> str: ...


class Fake:
    arn = "arn:aws:s3:::fake"
    nickname = "fake"


class Annotated_(TerraformStack):
    sizes: ClassVar[dict[Size, str]] = {"small": "t3.micro", "large": "t3.large"}
    network: Optional[Vpc] = None
    bucket: S3Bucket

    def __init__(self, scope: Construct, name: str, *, stage: Annotated[Stage, "which"] = Stage.DEV) -> None:
        super().__init__(scope, name)
        AwsProvider(self, "aws", region="eu-west-1")
        self.bucket = S3Bucket(self, "bucket", bucket=f"{stage.value}-bucket", tags={"Stage": stage.value})
        self.machines: list[Instance] = [self.machine(each) for each in (Machine("a"), Machine("b", "large"))]
        self.extra: Any = None

    def machine(self, machine: Machine, **options: t.Unpack[Options]) -> Instance:
        return Instance(self, machine.name, ami="ami-1", instance_type=self.sizes[machine.size], **options)


def arns(things: Iterable[Union[HasArn, "S3Bucket"]]) -> Sequence[str]:
    return [each.arn for each in things]


def nickname(thing: S3Bucket | Fake) -> str:
    return thing.nickname if isinstance(thing, Fake) else thing.bucket


def first(resources: list[TerraformResource], key: Callable[[TerraformResource], bool] = lambda _: True):
    return next(filter(key, resources), None)


app: App = App()
stack: Annotated_ = Annotated_(app, "annotated", stage=Stage("prod"))
print(arns([stack.bucket, Fake()]), nickname(Fake()), nickname(stack.bucket), first(list(stack.machines)), PORT, DELAY)
app.synth()
