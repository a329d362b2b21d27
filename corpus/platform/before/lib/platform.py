import json
from cdktf import TerraformStack, TerraformOutput
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster
from cdktf_cdktf_provider_aws.ecs_service import EcsService, EcsServiceNetworkConfiguration, EcsServiceLoadBalancer
from cdktf_cdktf_provider_aws.ecs_task_definition import EcsTaskDefinition
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction, LambdaFunctionEnvironment
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.autoscaling_group import AutoscalingGroup
from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.lb_listener import LbListener
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable
from cdktf_cdktf_provider_aws.cloudfront_distribution import CloudfrontDistribution
from cdktf_cdktf_provider_aws.backup_plan import BackupPlan
from cdktf_cdktf_provider_aws.security_group_rule import SecurityGroupRule
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.data_aws_iam_policy_document import DataAwsIamPolicyDocument
from cdktf_cdktf_provider_aws.eks_node_group import EksNodeGroup
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.api_gateway_rest_api import ApiGatewayRestApi
from cdktf_cdktf_provider_aws.api_gateway_usage_plan import ApiGatewayUsagePlan
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import S3BucketLifecycleConfiguration, S3BucketLifecycleConfigurationRule
from cdktf_cdktf_provider_aws.cognito_user_pool import CognitoUserPool
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue


class PlatformStack(TerraformStack):
    def __init__(self, scope, id, env):
        super().__init__(scope, id)
        self.env = env
        self.common_tags = {"Environment": env, "CostCenter": 1234}
        AwsProvider(self, "aws", region="us-east-1", default_tags={"tags": self.common_tags})
        vpc = Vpc(self, "vpc", cidr_block="10.0.0.0/16", enable_dns_support="true", tags={**self.common_tags, "Name": "x"})
        cluster = EcsCluster(self, "ecs", name=f"{env}-cluster", setting={"name": "containerInsights", "value": "enabled"})
        task = EcsTaskDefinition(
            self, "task", family="app", cpu=256, memory=512, network_mode="awsvpc",
            requires_compatibilities="FARGATE",
            container_definitions=[{"name": "app", "image": "nginx", "portMappings": [{"containerPort": 80}]}],
        )
        lb = Lb(self, "lb", subnets=["subnet-1"], idle_timeout="60", enable_deletion_protection="false")
        tg = LbTargetGroup(self, "tg", port=80, protocol="HTTP", vpc_id=vpc.id,
                           health_check={"path": "/", "interval": "30", "matcher": 200, "healthy_threshold": 2})
        LbListener(self, "ls", load_balancer_arn=lb.arn, port="443", default_action=[{"type": "forward", "target_group_arn": tg.arn}])
        EcsService(
            self, "svc", name="svc", cluster=cluster.id, task_definition=task.arn, desired_count="2", launch_type="FARGATE",
            network_configuration=[EcsServiceNetworkConfiguration(subnets=["s"], security_groups="sg-1", assign_public_ip=True)],
            load_balancer=EcsServiceLoadBalancer(target_group_arn=tg.arn, container_name="app", container_port="80"),
        )
        topic = SnsTopic(self, "topic", topic_name="alerts")
        fn = LambdaFunction(
            self, "fn", function_name="fn", role="arn", handler="a.b", runtime="python3.12", timeout="30", memory_size="128",
            filename="x.zip",
            environment=LambdaFunctionEnvironment(variables={"PORT": 8080, "DEBUG": True, "TOPIC": topic.arn}),
            tracing_config=[{"mode": "Active"}],
            vpc_config={"subnet_ids": ["a"], "security_group_ids": "sg"},
            dead_letter_config={"targetArn": topic.arn},
        )
        CloudwatchMetricAlarm(self, "alarm", alarm_name="a", comparison_operator="GreaterThanThreshold", evaluation_periods="2",
                              threshold="80", metric_name="CPU", namespace="AWS/ECS", period=60, statistic="Average",
                              alarm_actions=topic.arn, dimensions={"ClusterName": cluster.name})
        RdsCluster(self, "db", cluster_identifier="db", engine="aurora-postgresql", backup_retention_period="7",
                   db_name="app", username="u", password="Analytics-2024", storage_encrypted="true", skip_final_snapshot=True,
                   serverlessv2_scaling_configuration=[{"min_capacity": 0.5, "max_capacity": 1}])
        b = S3Bucket(self, "b", bucket="b", versioning=True)
        S3BucketPolicy(self, "bp", bucket=b.id, policy={"Version": "2012-10-17", "Statement": [{"Resource": b.arn}]})
        S3BucketLifecycleConfiguration(self, "lc", bucket=b.id, rule=[
            S3BucketLifecycleConfigurationRule(id="a", status="Enabled", transition=[{"days": 30, "storage_class": "GLACIER"}],
                                               noncurrent_version_expiration={"noncurrent_days": 30}, expiration={"days": 90}, filter={"prefix": ""})])
        lt = LaunchTemplate(self, "lt", image_id="ami", instance_type="t3.micro",
                            block_device_mappings=[{"device_name": "/dev/xvda", "ebs": {"volume_size": 20, "encrypted": True}}],
                            iam_instance_profile={"name": "p"}, monitoring=True,
                            metadata_options={"http_tokens": "required"}, vpc_security_group_ids="sg-1",
                            tag_specifications={"resource_type": "instance", "tags": self.common_tags})
        AutoscalingGroup(self, "asg", min_size="1", max_size=2, launch_template={"id": lt.id, "version": "$Latest"},
                         vpc_zone_identifier=["s"], target_group_arns=tg.arn,
                         tags=[{"key": "Name", "value": "x", "propagate_at_launch": True}])
        Instance(self, "i", ami="a", instance_type="t", root_block_device={"volume_size": "20", "encrypted": "true"},
                 security_group_ids=["sg"], ebs_block_device=[{"device_name": "/dev/sdb", "volume_size": 10}])
        DynamodbTable(self, "t", name="t", billing_mode="PAY_PER_REQUEST", hash_key="id",
                      attribute=[{"name": "id", "type": "S"}], point_in_time_recovery=True, server_side_encryption={"enabled": True},
                      ttl=[{"attribute_name": "ttl", "enabled": True}])
        CloudfrontDistribution(self, "cf", enabled=True,
            origin=[{"domain_name": b.bucket_regional_domain_name, "origin_id": "s3", "s3_origin_config": {"origin_access_identity": "x"}}],
            default_cache_behavior={"allowed_methods": ["GET"], "cached_methods": ["GET"], "target_origin_id": "s3",
                "viewer_protocol_policy": "redirect-to-https", "forwarded_values": {"query_string": False, "cookies": {"forward": "none"}},
                "min_ttl": 0},
            restrictions={"geo_restriction": {"restriction_type": "none", "locations": []}},
            viewer_certificate={"cloudfront_default_certificate": True},
            custom_error_response=[{"error_code": 404, "response_code": 200, "response_page_path": "/index.html"}],
            ordered_cache_behavior=[{"path_pattern": "/api/*", "allowed_methods": ["GET"], "cached_methods": ["GET"], "target_origin_id": "s3", "viewer_protocol_policy": "https-only", "forwarded_values": {"query_string": True, "cookies": {"forward": "all"}}}])
        BackupPlan(self, "bk", name="bk", rule=[{"rule_name": "daily", "target_vault_name": "v", "schedule": "cron(0 5 * * ? *)", "lifecycle": {"delete_after": 30}}])
        sg = SecurityGroup(self, "sg", name="sg", vpc_id=vpc.id, ingress={"from_port": 80, "to_port": 80, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]})
        SecurityGroupRule(self, "sgr", type="ingress", from_port="80", to_port="80", protocol="tcp", cidr_blocks="0.0.0.0/0", security_group_id=sg.id)
        DataAwsIamPolicyDocument(self, "doc", statement=[{"actions": ["s3:*"], "resources": ["*"], "effect": "Allow", "principals": [{"type": "Service", "identifiers": ["x"]}], "not_actions": ["a"]}])
        EksNodeGroup(self, "ng", cluster_name="c", node_role_arn="r", subnet_ids=["s"], instance_types="t3.medium",
                     scaling_config=[{"desired_size": 1, "max_size": "2", "min_size": 1}])
        api = ApiGatewayRestApi(self, "api", name="api", endpoint_configuration=[{"types": ["REGIONAL"]}])
        ApiGatewayUsagePlan(self, "up", name="up", api_stages=[{"api_id": api.id, "stage": "prod"}], throttle_settings={"burst_limit": "10", "rate_limit": 5}, quota_settings=[{"limit": 1000, "period": "MONTH"}])
        CloudwatchEventTarget(self, "et", rule="r", arn=fn.arn, input={"a": 1}, retry_policy=[{"maximum_retry_attempts": 2}])
        CognitoUserPool(self, "up2", name="u", password_policy=[{"minimum_length": 8, "require_lowercase": True}], schema=[{"name": "email", "attribute_data_type": "String", "mutable": True, "string_attribute_constraints": {"min_length": 1, "max_length": 5}}], auto_verified_attributes="email")
        KmsKey(self, "k", enable_key_rotation="true", deletion_window_in_days="7", policy=json.dumps({}))
        SqsQueue(self, "q", name="q", visibility_timeout="30", redrive_policy={"deadLetterTargetArn": "a", "maxReceiveCount": 3})
        TerraformOutput(self, "o", value=lb.load_balancer_dns_name)
