"""One provider a region, by its alias."""

from cdktf_cdktf_provider_aws.provider import AwsProvider


def alias_of(region):
    return region.replace("-", "_")


class Providers:
    """The providers of a stack."""

    def __init__(self, stack, regions, role=None):
        self.main = AwsProvider(stack, "aws", region=regions[0])
        self.us_east_1 = AwsProvider(stack, "aws-global", region="us-east-1", alias="us_east_1")
        self.by_region = {}
        for region in regions:
            options = {"region": region, "alias": f"fleet_{alias_of(region)}"}
            if role is not None:
                options["assume_role"] = {"role_arn": role, "session_name": "edge"}
            self.by_region[region] = AwsProvider(stack, f"aws-{region}", **options)

    def __getitem__(self, region):
        return self.by_region[region]
