from cdktf import S3Backend, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws import AwsProvider
from cdktf_cdktf_provider_aws import autoscaling, ec2, elasticache, kinesis, lambdafunction, sns, vpc
from cdktf_cdktf_provider_aws.datasources import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.iam import DataAwsIamPolicyDocument, IamRole
from infra.storage import Storage


class PlatformStack(TerraformStack):
    def __init__(self, scope, ns, environment):
        super().__init__(scope, ns)
        AwsProvider(
            self,
            "aws",
            region="us-east-1",
            assume_role={"role_arn": "arn:aws:iam::111111111111:role/deploy"},
            s3_force_path_style=False,
        )
        S3Backend(self, bucket="states", key=f"{environment}.tfstate", region="us-east-1")
        caller = DataAwsCallerIdentity(self, "caller")
        storage = Storage(self, "storage", prefix=f"platform-{environment}")

        network = vpc.DefaultVpc(self, "network")
        subnets = vpc.DataAwsSubnets(
            self, "subnets", filter=[vpc.DataAwsSubnetsFilter(name="vpc-id", values=[network.id])]
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
        lambdafunction.LambdaFunction(
            self,
            "worker",
            function_name=f"worker-{environment}",
            role=role.arn,
            runtime="python3.9",
            handler="index.handler",
            s3_bucket=storage.data.id,
            s3_key="worker.zip",
            environment=lambdafunction.LambdaFunctionEnvironment(variables={"TABLE": storage.orders.name}),
        )
        cache = elasticache.ElasticacheReplicationGroup(
            self,
            "cache",
            replication_group_id=f"cache-{environment}",
            replication_group_description="sessions",
            node_type="cache.t3.micro",
            automatic_failover_enabled=True,
            at_rest_encryption_enabled=True,
            cluster_mode=elasticache.ElasticacheReplicationGroupClusterMode(
                num_node_groups=2, replicas_per_node_group=1
            ),
        )
        template = ec2.LaunchTemplate(self, "template", image_id="ami-0c55b159cbfafe1f0", instance_type="t3.micro")
        autoscaling.AutoscalingGroup(
            self,
            "fleet",
            min_size=1,
            max_size=3,
            vpc_zone_identifier=subnets.ids,
            launch_template=autoscaling.AutoscalingGroupLaunchTemplate(id=template.id, version="$Latest"),
            tag=[autoscaling.AutoscalingGroupTag(key="Name", value="fleet", propagate_at_launch=True)],
        )
        ec2.Instance(
            self,
            "batch",
            ami="ami-0c55b159cbfafe1f0",
            instance_type="c5.xlarge",
            cpu_core_count=2,
            cpu_threads_per_core=1,
        )
        kinesis.KinesisFirehoseDeliveryStream(
            self,
            "events",
            name=f"events-{environment}",
            destination="extended_s3",
            extended_s3_configuration=kinesis.KinesisFirehoseDeliveryStreamExtendedS3Configuration(
                role_arn=role.arn, bucket_arn=storage.data.arn, buffer_size=64, buffer_interval=300
            ),
        )
        topic = sns.SnsTopic(self, "alarms", name=f"alarms-{environment}")
        TerraformOutput(self, "account", value=caller.account_id)
        TerraformOutput(self, "topic", value=topic.arn)
        TerraformOutput(self, "cache_host", value=cache.configuration_endpoint_address)
