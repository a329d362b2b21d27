from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.connect_hours_of_operation import (
    ConnectHoursOfOperation,
    ConnectHoursOfOperationConfigA as Hours,
    ConnectHoursOfOperationConfigEndTime,
    ConnectHoursOfOperationConfigStartTime,
)
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.vpclattice_target_group import VpclatticeTargetGroup
from cdktf_cdktf_provider_aws.wafv2_web_acl import (
    Wafv2WebAcl,
    Wafv2WebAclDefaultAction,
    Wafv2WebAclDefaultActionAllow,
    Wafv2WebAclVisibilityConfig,
)

INSTANCE = "aaaaaaaa-bbbb-cccc-dddd-111111111111"


class ConnectHoursOfOperationConfig:
    """Our own settings: not the provider's class of the same name."""

    days = ["MONDAY", "TUESDAY", "WEDNESDAY"]


class ContactCenter(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="us-east-1")
        settings = ConnectHoursOfOperationConfig()
        ConnectHoursOfOperation(
            self,
            "hours",
            instance_id=INSTANCE,
            name="office",
            time_zone="UTC",
            config=[
                Hours(
                    day=day,
                    start_time=ConnectHoursOfOperationConfigStartTime(hours=9, minutes=0),
                    end_time=ConnectHoursOfOperationConfigEndTime(hours=17, minutes=30),
                )
                for day in settings.days
            ],
        )
        VpclatticeTargetGroup(self, "agents", name="agents", type="LAMBDA")
        Wafv2WebAcl(
            self,
            "waf",
            name="contact",
            scope="REGIONAL",
            default_action=Wafv2WebAclDefaultAction(allow=Wafv2WebAclDefaultActionAllow()),
            visibility_config=Wafv2WebAclVisibilityConfig(
                cloudwatch_metrics_enabled=True, metric_name="contact", sampled_requests_enabled=True
            ),
        )


app = App()
ContactCenter(app, "contact-center")
app.synth()
