from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags


class Tagged:
    tags_extra: dict = {}

    def tags(self, **more):
        return {"team": self.team.slug, **self.tags_extra, **more}

    def set_up(self, region):
        return AwsProvider(self, "aws", region=region, default_tags=[AwsProviderDefaultTags(tags=self.tags())])


class Named:
    prefix = "x"

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.prefix = cls.__name__.lower()

    def named(self, name):
        return f"{self.prefix}-{name}"
