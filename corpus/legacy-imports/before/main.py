import os

from cdktf import App, AwsProvider, Construct, TerraformStack
from cdktf_cdktf_provider_aws import DbInstance, DbSubnetGroup, Eip, S3Bucket, ec2, iam
from cdktf_cdktf_provider_aws.cloudwatch import CloudWatchLogGroup, CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.eventbridge_rule import EventbridgeRule
from cdktf_cdktf_provider_aws.vpc import DataAwsVpc
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction, LambdaFunctionRuntime


class LegacyStack(TerraformStack):
    """Written for an older provider."""

    def __init__(self, scope: Construct, ns: str):
        super().__init__(scope, ns)
        AwsProvider(self, "Aws", region=os.getenv("AWS_REGION", "us-east-1"))
        zones = DataAwsAvailabilityZones(self, "zones", state="available")
        shared = DataAwsVpc(self, "shared", default=True)
        vpc = ec2.Vpc(self, "vpc", cidr_block="10.1.0.0/16")
        subnets = [
            ec2.Subnet(
                self,
                f"subnet-{i}",
                vpc_id=vpc.id,
                cidr_block=f"10.1.{i}.0/24",
                availability_zone=Fn.element(zones.names, i),
            )
            for i in range(2)
        ]
        role = iam.IamRole(
            self,
            "role",
            assume_role_policy=json.dumps({"Version": "2012-10-17", "Statement": []}),
            tags={"Vpc": shared.id},
        )
        LambdaFunction(self, "fn", function_name="fn", role=role.arn, handler="index.handler", runtime="python3.12",
                       s3_bucket="code", s3_key="fn.zip")
        DbInstance(
            self, "db", instance_class="db.t3.micro", engine="postgres", allocated_storage=20, username="app",
            manage_master_user_password=True, skip_final_snapshot=True,
            db_subnet_group_name=DbSubnetGroup(self, "db-subnets", subnet_ids=[s.id for s in subnets]).name,
        )
        S3Bucket(self, "bucket", bucket="legacy")
        Eip(self, "eip", domain="vpc")
        CloudWatchLogGroup(self, "logs", name="/legacy", retention_in_days=7)
        CloudwatchMetricAlarm(self, "alarm", alarm_name="errors", comparison_operator="GreaterThanThreshold",
                              evaluation_periods=1, metric_name="Errors", namespace="AWS/Lambda", period=60,
                              statistic="Sum", threshold=1)
        EventbridgeRule(self, "nightly", schedule_expression="cron(0 3 * * ? *)")


app = App()
LegacyStack(app, "legacy")
app.synth()
