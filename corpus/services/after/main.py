import json
from constructs import Construct
from cdktf import App, TerraformStack, TerraformOutput, Fn, Token
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags
from cdktf_cdktf_provider_aws.apigatewayv2_api import Apigatewayv2Api
from cdktf_cdktf_provider_aws.apigatewayv2_stage import Apigatewayv2Stage, Apigatewayv2StageAccessLogSettings
from cdktf_cdktf_provider_aws.sfn_state_machine import SfnStateMachine, SfnStateMachineLoggingConfiguration
from cdktf_cdktf_provider_aws.cloudwatch_dashboard import CloudwatchDashboard
from cdktf_cdktf_provider_aws.lb_listener_rule import (
    LbListenerRule,
    LbListenerRuleAction,
    LbListenerRuleCondition,
    LbListenerRuleConditionPathPattern,
)
from cdktf_cdktf_provider_aws.ecs_task_definition import (
    EcsTaskDefinition,
    EcsTaskDefinitionVolume,
    EcsTaskDefinitionVolumeEfsVolumeConfiguration,
)
from cdktf_cdktf_provider_aws.autoscaling_policy import (
    AutoscalingPolicy,
    AutoscalingPolicyTargetTrackingConfiguration,
    AutoscalingPolicyTargetTrackingConfigurationPredefinedMetricSpecification,
)
from cdktf_cdktf_provider_aws.appautoscaling_policy import (
    AppautoscalingPolicy,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration,
)
from cdktf_cdktf_provider_aws.s3_bucket_replication_configuration import (
    S3BucketReplicationConfigurationA,
    S3BucketReplicationConfigurationRule,
    S3BucketReplicationConfigurationRuleDeleteMarkerReplication,
    S3BucketReplicationConfigurationRuleDestination,
    S3BucketReplicationConfigurationRuleFilter,
)
from cdktf_cdktf_provider_aws.s3_bucket_notification import S3BucketNotification, S3BucketNotificationLambdaFunction
from cdktf_cdktf_provider_aws.kinesis_firehose_delivery_stream import (
    KinesisFirehoseDeliveryStream,
    KinesisFirehoseDeliveryStreamExtendedS3Configuration,
)
from cdktf_cdktf_provider_aws.codepipeline import (
    Codepipeline,
    CodepipelineStage,
    CodepipelineStageAction,
    CodepipelineArtifactStore,
)
from cdktf_cdktf_provider_aws.codebuild_project import (
    CodebuildProject,
    CodebuildProjectSource,
    CodebuildProjectEnvironment,
    CodebuildProjectArtifacts,
    CodebuildProjectEnvironmentEnvironmentVariable,
)
from cdktf_cdktf_provider_aws.budgets_budget import BudgetsBudget, BudgetsBudgetNotification
from cdktf_cdktf_provider_aws.config_config_rule import ConfigConfigRule, ConfigConfigRuleSource
from cdktf_cdktf_provider_aws.cloudtrail import Cloudtrail, CloudtrailEventSelector
from cdktf_cdktf_provider_aws.guardduty_detector import GuarddutyDetector
from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter
from cdktf_cdktf_provider_aws.secretsmanager_secret_version import SecretsmanagerSecretVersion
from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint
from cdktf_cdktf_provider_aws.ebs_volume import EbsVolume
from cdktf_cdktf_provider_aws.opensearch_domain import (
    OpensearchDomain,
    OpensearchDomainClusterConfig,
    OpensearchDomainEbsOptions,
    OpensearchDomainNodeToNodeEncryption,
)
from cdktf_cdktf_provider_aws.rds_cluster_instance import RdsClusterInstance
from cdktf_cdktf_provider_aws.route53_health_check import Route53HealthCheck
from cdktf_cdktf_provider_aws.route53_record import (
    Route53Record,
    Route53RecordAlias,
    Route53RecordFailoverRoutingPolicy,
)
from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate
from cdktf_cdktf_provider_aws.acm_certificate_validation import AcmCertificateValidation
from cdktf_cdktf_provider_aws.dynamodb_table import (
    DynamodbTable,
    DynamodbTableReplica,
    DynamodbTableTtl,
    DynamodbTablePointInTimeRecovery,
)
from cdktf_cdktf_provider_aws.elasticache_cluster import ElasticacheCluster
from cdktf_cdktf_provider_aws.msk_cluster import MskCluster, MskClusterBrokerNodeGroupInfo
from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.data_aws_ami import DataAwsAmi, DataAwsAmiFilter
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription


class S(TerraformStack):
    def __init__(self, scope: Construct, construct_id: str):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="us-east-1", default_tags=[AwsProviderDefaultTags(tags={"A": "b"})])
        caller = DataAwsCallerIdentity(self, "me")
        ami = DataAwsAmi(
            self, "ami", most_recent=True, owners=["amazon"], filter=[DataAwsAmiFilter(name="name", values=["al2023*"])]
        )
        api = Apigatewayv2Api(
            self, "api", name="api", protocol_type="HTTP", cors_configuration={"allow_origins": ["*"]}
        )
        Apigatewayv2Stage(
            self,
            "st",
            api_id=api.id,
            name="$default",
            auto_deploy=True,
            access_log_settings=Apigatewayv2StageAccessLogSettings(
                destination_arn="a", format=json.dumps({"requestId": "$context.requestId"})
            ),
        )
        SfnStateMachine(
            self,
            "sm",
            name="s",
            role_arn="r",
            definition=json.dumps({"StartAt": "A", "States": {}}),
            logging_configuration=SfnStateMachineLoggingConfiguration(level="ALL", include_execution_data=True),
        )
        CloudwatchDashboard(self, "d", dashboard_name="d", dashboard_body=json.dumps({"widgets": []}))
        LbListenerRule(
            self,
            "r",
            listener_arn="l",
            priority=10,
            action=[LbListenerRuleAction(type="forward", target_group_arn="t")],
            condition=[LbListenerRuleCondition(path_pattern=LbListenerRuleConditionPathPattern(values=["/api/*"]))],
        )
        EcsTaskDefinition(
            self,
            "td",
            family="f",
            cpu="256",
            container_definitions="[]",
            volume=[
                EcsTaskDefinitionVolume(
                    name="v",
                    efs_volume_configuration=EcsTaskDefinitionVolumeEfsVolumeConfiguration(
                        file_system_id="f", transit_encryption="true"
                    ),
                )
            ],
        )
        AutoscalingPolicy(
            self,
            "ap",
            name="p",
            autoscaling_group_name="g",
            policy_type="TargetTrackingScaling",
            target_tracking_configuration=AutoscalingPolicyTargetTrackingConfiguration(
                target_value=50,
                predefined_metric_specification=(
                    AutoscalingPolicyTargetTrackingConfigurationPredefinedMetricSpecification(
                        predefined_metric_type="ASGAverageCPUUtilization"
                    )
                ),
            ),
        )
        AppautoscalingPolicy(
            self,
            "aap",
            name="p",
            resource_id="r",
            scalable_dimension="d",
            service_namespace="ecs",
            policy_type="TargetTrackingScaling",
            target_tracking_scaling_policy_configuration=AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration(
                target_value=70,
                predefined_metric_specification={"predefined_metric_type": "ECS"},
                scale_in_cooldown=300,
            ),
        )
        S3BucketReplicationConfigurationA(
            self,
            "rep",
            bucket="b",
            role="r",
            rule=[
                S3BucketReplicationConfigurationRule(
                    id="a",
                    status="Enabled",
                    priority=1,
                    filter=S3BucketReplicationConfigurationRuleFilter(prefix=""),
                    delete_marker_replication=S3BucketReplicationConfigurationRuleDeleteMarkerReplication(
                        status="Enabled"
                    ),
                    destination=S3BucketReplicationConfigurationRuleDestination(bucket="b"),
                )
            ],
        )
        S3BucketNotification(
            self,
            "n",
            bucket="b",
            lambda_function=[
                S3BucketNotificationLambdaFunction(lambda_function_arn="l", events=["s3:ObjectCreated:*"])
            ],
        )
        KinesisFirehoseDeliveryStream(
            self,
            "fh",
            name="f",
            destination="extended_s3",
            extended_s3_configuration=KinesisFirehoseDeliveryStreamExtendedS3Configuration(
                role_arn="r", bucket_arn="b", buffering_size=5, buffering_interval=300
            ),
        )
        Codepipeline(
            self,
            "cp",
            name="c",
            role_arn="r",
            artifact_store=[CodepipelineArtifactStore(location="b", type="S3")],
            stage=[
                CodepipelineStage(
                    name="Source",
                    action=[
                        CodepipelineStageAction(
                            name="S",
                            category="Source",
                            owner="AWS",
                            provider="CodeCommit",
                            version="1",
                            output_artifacts=["src"],
                            configuration={"PollForSourceChanges": "false"},
                        )
                    ],
                )
            ],
        )
        CodebuildProject(
            self,
            "cb",
            name="c",
            service_role="r",
            build_timeout=60,
            artifacts=CodebuildProjectArtifacts(type="CODEPIPELINE"),
            source=CodebuildProjectSource(type="CODEPIPELINE"),
            environment=CodebuildProjectEnvironment(
                compute_type="BUILD_GENERAL1_SMALL",
                image="i",
                type="LINUX_CONTAINER",
                privileged_mode=True,
                environment_variable=[CodebuildProjectEnvironmentEnvironmentVariable(name="A", value="1")],
            ),
        )
        BudgetsBudget(
            self,
            "bb",
            name="b",
            budget_type="COST",
            limit_amount="100",
            limit_unit="USD",
            time_unit="MONTHLY",
            notification=[
                BudgetsBudgetNotification(
                    comparison_operator="GREATER_THAN",
                    threshold=80,
                    threshold_type="PERCENTAGE",
                    notification_type="ACTUAL",
                    subscriber_email_addresses=["a@b.c"],
                )
            ],
        )
        ConfigConfigRule(
            self,
            "cr",
            name="r",
            source=ConfigConfigRuleSource(owner="AWS", source_identifier="X"),
            input_parameters=json.dumps({"a": "b"}),
        )
        Cloudtrail(
            self,
            "ct",
            name="t",
            s3_bucket_name="b",
            event_selector=[
                CloudtrailEventSelector(
                    read_write_type="All",
                    include_management_events=True,
                    data_resource=[{"type": "AWS::S3::Object", "values": ["arn"]}],
                )
            ],
        )
        GuarddutyDetector(self, "gd", enable=True, datasources={"s3_logs": {"enable": True}})
        SsmParameter(self, "sp", name="/a", type="String", value="8080")
        SecretsmanagerSecretVersion(self, "sv", secret_id="s", secret_string=json.dumps({"username": "a"}))
        VpcEndpoint(
            self,
            "ve",
            vpc_id="v",
            service_name="s",
            route_table_ids=["rt"],
            private_dns_enabled=True,
            policy=json.dumps({"Statement": []}),
        )
        EbsVolume(self, "ev", availability_zone="a", size=10, type="gp3", encrypted=True)
        OpensearchDomain(
            self,
            "od",
            domain_name="d",
            engine_version="OpenSearch_2.5",
            cluster_config=OpensearchDomainClusterConfig(instance_type="t", instance_count=1),
            ebs_options=OpensearchDomainEbsOptions(ebs_enabled=True, volume_size=10),
            encrypt_at_rest={"enabled": True},
            node_to_node_encryption=OpensearchDomainNodeToNodeEncryption(enabled=True),
        )
        for i in range(2):
            RdsClusterInstance(
                self,
                f"ci-{i}",
                identifier=f"i-{i}",
                cluster_identifier="c",
                instance_class="x",
                engine="aurora-mysql",
                performance_insights_enabled=True,
                promotion_tier=i,
            )
        hc = Route53HealthCheck(self, "hc", fqdn="x", type="HTTPS", port=443, failure_threshold=3, request_interval=30)
        Route53Record(
            self,
            "rec",
            zone_id="z",
            name="n",
            type="A",
            alias=Route53RecordAlias(name="x", zone_id="z", evaluate_target_health=True),
            failover_routing_policy=Route53RecordFailoverRoutingPolicy(type="PRIMARY"),
            health_check_id=hc.id,
            set_identifier="1",
        )
        cert = AcmCertificate(
            self, "cert", domain_name="a.b", validation_method="DNS", subject_alternative_names=["*.a.b"]
        )
        Route53Record(
            self,
            "v",
            zone_id="z",
            name=cert.domain_validation_options.get(0).resource_record_name,
            type=cert.domain_validation_options.get(0).resource_record_type,
            records=[cert.domain_validation_options.get(0).resource_record_value],
            ttl=60,
        )
        AcmCertificateValidation(self, "cv", certificate_arn=cert.arn)
        DynamodbTable(
            self,
            "dt",
            name="t",
            hash_key="id",
            attribute=[{"name": "id", "type": "S"}],
            replica=[DynamodbTableReplica(region_name="us-west-2", point_in_time_recovery=True)],
            ttl=DynamodbTableTtl(attribute_name="x", enabled=True),
            point_in_time_recovery=DynamodbTablePointInTimeRecovery(enabled=True),
            read_capacity=5,
        )
        ElasticacheCluster(
            self,
            "ec",
            cluster_id="c",
            engine="redis",
            num_cache_nodes=1,
            node_type="x",
            security_group_ids=["sg"],
            port=6379,
        )
        MskCluster(
            self,
            "mk",
            cluster_name="m",
            kafka_version="3",
            number_of_broker_nodes=3,
            broker_node_group_info=MskClusterBrokerNodeGroupInfo(
                instance_type="x", client_subnets=["a"], security_groups=["s"]
            ),
        )
        IamPolicy(self, "pol", name="p", policy=json.dumps({"Version": "2012"}), description="d")
        SnsTopicSubscription(self, "sub", topic_arn="t", protocol="email", endpoint="a@b.c")
        TerraformOutput(self, "acct", value=caller.account_id)
app = App()
S(app, "s")
app.synth()
