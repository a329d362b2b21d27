from constructs import Construct
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic


class _Named(Construct):
    def __init__(self, scope: Construct, construct_id: str, name: str):
        super().__init__(scope, construct_id)
        self.name = name


class MonitoringConstruct(_Named):
    def __init__(self, scope: Construct, construct_id: str, name: str, provider) -> None:
        super().__init__(scope, construct_id=construct_id, name=name)
        ids = [id for id in ("alerts", "audit")]
        self.topics = [SnsTopic(self, each, name=f"{self.name}-{each}", provider=provider) for each in ids]
        # id= of the log group is Terraform's own argument
        CloudwatchLogGroup(self, "logs", id="/dr/app", name=f"/dr/{name}", retention_in_days=30, provider=provider)
