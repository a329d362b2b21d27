import os
from typing import Dict, Mapping, Optional

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.autoscaling_group import AutoscalingGroup, AutoscalingGroupTag
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags
from cdktf_cdktf_provider_aws.vpc import Vpc

BASE: Dict[str, str] = {"Project": "x", "Commit": os.environ.get("GITHUB_SHA", "local")[:7]}
COUNTS = {"Zones": 3, "Subnets": 6, "Public": True}


def tags(name: str, extra: Optional[Mapping[str, str]] = None, **more: str) -> Dict[str, str]:
    result = dict(BASE)
    result.update(extra or {})
    result.update(**more)
    result["Name"] = name
    return result


class Tagged(TerraformStack):
    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id)
        default_tags = kwargs.get("default_tags", [])
        AwsProvider(self, "aws", region=kwargs.get("region", "eu-west-1"), default_tags=default_tags)
        AwsProvider(self, "us", region="us-east-1", alias="us", default_tags=[{"tags": BASE}])
        AwsProvider(self, "ap", region="ap-south-1", alias="ap", default_tags=[AwsProviderDefaultTags(tags=tags("ap"))])
        Vpc(self, "a", cidr_block="10.0.0.0/16", tags=tags("a", {"Team": "net"}, Cost="low"))
        Vpc(self, "b", cidr_block="10.1.0.0/16", tags={key: str(value) for key, value in COUNTS.items()})
        Vpc(self, "c", cidr_block="10.2.0.0/16", tags=BASE | {"Name": "c"})
        Vpc(self, "d", cidr_block="10.3.0.0/16", tags={k: v for k, v in os.environ.items() if k.startswith("TAG_")})
        Vpc(self, "e", cidr_block="10.4.0.0/16", tags=dict(zip(("A", "B"), ("1", "2"))))
        for i, key in enumerate(sorted(COUNTS)):
            Vpc(self, f"f{i}", cidr_block=f"10.{5 + i}.0.0/16", tags={"Index": f"{i}", key: repr(COUNTS[key])})
        AutoscalingGroup(
            self, "asg", min_size=1, max_size=COUNTS["Zones"], launch_configuration="asg",
            tag=[AutoscalingGroupTag(key=k, value=v, propagate_at_launch=True) for k, v in tags("asg").items()],
        )


app = App()
Tagged(app, "tagged", default_tags=[{"tags": tags("default")}])
app.synth()
