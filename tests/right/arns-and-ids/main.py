from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.data_aws_kms_alias import DataAwsKmsAlias
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster
from cdktf_cdktf_provider_aws.ecs_service import EcsService, EcsServiceLoadBalancer
from cdktf_cdktf_provider_aws.ecs_task_definition import EcsTaskDefinition
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import LbListener, LbListenerDefaultAction
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket_object import S3BucketObject
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from constructs import Construct


class Key(Construct):
    """Its ``id`` is an ARN, whatever its name says."""

    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        self.key = KmsKey(self, "key", description="all")
        KmsAlias(self, "alias", name="alias/all", target_key_id=self.key.key_id)

    @property
    def id(self):
        return self.key.arn


class Arns(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        key = Key(self, "key")
        topic = SnsTopic(self, "topic", kms_master_key_id=key.key.id)
        CloudwatchMetricAlarm(
            self, "alarm", alarm_name="a", comparison_operator="GreaterThanThreshold", evaluation_periods=1,
            alarm_actions=[topic.id], ok_actions=[topic.arn],
        )
        lb, group = Lb(self, "lb", subnets=["subnet-1", "subnet-2"]), LbTargetGroup(self, "group", port=80, protocol="HTTP", vpc_id="vpc-1")
        LbListener(
            self, "listener", load_balancer_arn=lb.id, port=80,
            default_action=[LbListenerDefaultAction(type="forward", target_group_arn=group.id)],
        )
        policy, role = IamPolicy(self, "policy", policy="{}"), IamRole(self, "role", assume_role_policy="{}")
        IamRolePolicyAttachment(self, "attached", role=role.id, policy_arn=policy.id)
        task = EcsTaskDefinition(self, "task", family="t", container_definitions="[]", execution_role_arn=role.arn)
        cluster = EcsCluster(self, "cluster", name="c")
        EcsService(
            self, "service", name="s", cluster=cluster.id, task_definition=task.arn,
            load_balancer=[EcsServiceLoadBalancer(target_group_arn=group.arn, container_name="a", container_port=80)],
        )
        alias = DataAwsKmsAlias(self, "default", name="alias/aws/s3")
        for i, kms in enumerate((key.id, alias.target_key_arn)):
            S3BucketObject(self, f"object{i}", bucket="b", key=str(i), content="x", kms_key_id=kms)


app = App()
Arns(app, "arns")
app.synth()
