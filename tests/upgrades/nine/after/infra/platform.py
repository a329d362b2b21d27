from cdktf import S3Backend, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderAssumeRole
from cdktf_cdktf_provider_aws import lambda_function
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.autoscaling_group import (
    AutoscalingGroup,
    AutoscalingGroupLaunchTemplate,
    AutoscalingGroupTag,
)
from cdktf_cdktf_provider_aws.data_aws_iam_policy_document import DataAwsIamPolicyDocument
from cdktf_cdktf_provider_aws.data_aws_subnets import DataAwsSubnets, DataAwsSubnetsFilter
from cdktf_cdktf_provider_aws.default_vpc import DefaultVpc
from cdktf_cdktf_provider_aws.elasticache_replication_group import ElasticacheReplicationGroup
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.instance import Instance, InstanceCpuOptions
from cdktf_cdktf_provider_aws.kinesis_firehose_delivery_stream import (
    KinesisFirehoseDeliveryStream,
    KinesisFirehoseDeliveryStreamExtendedS3Configuration,
)
from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from infra.storage import Storage


class PlatformStack(TerraformStack):
    def __init__(self, scope, ns, environment):
        super().__init__(scope, ns)
        AwsProvider(
            self,
            "aws",
            region="us-east-1",
            assume_role=[AwsProviderAssumeRole(role_arn="arn:aws:iam::111111111111:role/deploy")],
            s3_use_path_style=False,
        )
        S3Backend(self, bucket="states", key=f"{environment}.tfstate", region="us-east-1")
        caller = DataAwsCallerIdentity(self, "caller")
        storage = Storage(self, "storage", prefix=f"platform-{environment}")

        network = DefaultVpc(self, "network")
        subnets = DataAwsSubnets(
            self, "subnets", filter=[DataAwsSubnetsFilter(name="vpc-id", values=[network.id])]
        )
        policy = DataAwsIamPolicyDocument(
            self,
            "assume",
            statement=[
                {
                    "actions": ["sts:AssumeRole"],
                    "principals": [{"type": "Service", "identifiers": ["lambda.amazonaws.com"]}],
                }
            ],
        )
        role = IamRole(self, "role", name=f"worker-{environment}", assume_role_policy=policy.json)
        lambda_function.LambdaFunction(
            self,
            "worker",
            function_name=f"worker-{environment}",
            role=role.arn,
            runtime="python3.9",
            handler="index.handler",
            s3_bucket=storage.data.id,
            s3_key="worker.zip",
            environment=lambda_function.LambdaFunctionEnvironment(variables={"TABLE": storage.orders.name}),
        )
        cache = ElasticacheReplicationGroup(
            self,
            "cache",
            replication_group_id=f"cache-{environment}",
            description="sessions",
            node_type="cache.t3.micro",
            automatic_failover_enabled=True,
            at_rest_encryption_enabled="true",
            num_node_groups=2,
            replicas_per_node_group=1,
        )
        template = LaunchTemplate(self, "template", image_id="ami-0c55b159cbfafe1f0", instance_type="t3.micro")
        AutoscalingGroup(
            self,
            "fleet",
            min_size=1,
            max_size=3,
            vpc_zone_identifier=subnets.ids,
            launch_template=AutoscalingGroupLaunchTemplate(id=template.id, version="$Latest"),
            tag=[AutoscalingGroupTag(key="Name", value="fleet", propagate_at_launch=True)],
        )
        Instance(
            self,
            "batch",
            ami="ami-0c55b159cbfafe1f0",
            instance_type="c5.xlarge",
            cpu_options=InstanceCpuOptions(core_count=2, threads_per_core=1),
        )
        KinesisFirehoseDeliveryStream(
            self,
            "events",
            name=f"events-{environment}",
            destination="extended_s3",
            extended_s3_configuration=KinesisFirehoseDeliveryStreamExtendedS3Configuration(
                role_arn=role.arn, bucket_arn=storage.data.arn, buffering_size=64, buffering_interval=300
            ),
        )
        topic = SnsTopic(self, "alarms", name=f"alarms-{environment}")
        TerraformOutput(self, "account", value=caller.account_id)
        TerraformOutput(self, "topic", value=topic.arn)
        TerraformOutput(self, "cache_host", value=cache.configuration_endpoint_address)
