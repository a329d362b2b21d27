"""DynamoDB tables."""

from constructs import Construct
from cdktf_cdktf_provider_aws.dynamodb_table import (
    DynamodbTable,
    DynamodbTableAttribute,
    DynamodbTablePointInTimeRecovery,
    DynamodbTableServerSideEncryption,
    DynamodbTableTtl,
)
from cdktf_cdktf_provider_aws.appautoscaling_target import AppautoscalingTarget
from cdktf_cdktf_provider_aws.appautoscaling_policy import (
    AppautoscalingPolicy,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification,
)

TABLES = {
    "jobs": {"hash_key": "jobId", "range_key": None, "index": ("byTechnician", "technicianId")},
    "technicians": {"hash_key": "technicianId", "range_key": None, "index": None},
    "visits": {"hash_key": "jobId", "range_key": "startedAt", "index": ("byDay", "day")},
}


class TablesConstruct(Construct):
    def __init__(self, scope: Construct, construct_id: str, environment_suffix: str):
        super().__init__(scope, construct_id)
        self.tables = {}

        for name, settings in TABLES.items():
            attributes = [DynamodbTableAttribute(attribute_name=settings["hash_key"], attribute_type="S")]
            if settings["range_key"]:
                attributes.append({"name": settings["range_key"], "type": "S"})
            index = None
            if settings["index"]:
                index_name, index_key = settings["index"]
                attributes.append({"name": index_key, "type": "S"})
                index = [
                    {
                        "name": index_name,
                        "hash_key": index_key,
                        "projection_type": "ALL",
                        "read_capacity": 5,
                        "write_capacity": 5,
                    }
                ]

            table = DynamodbTable(
                self,
                f"{name}-table",
                table_name=f"field-{name}-{environment_suffix}",
                billing_mode="PROVISIONED",
                read_capacity="5",
                write_capacity="5",
                hash_key=settings["hash_key"],
                range_key=settings["range_key"],
                attribute=attributes,
                global_secondary_index=index,
                point_in_time_recovery=[DynamodbTablePointInTimeRecovery(enabled=True)],
                server_side_encryption=[DynamodbTableServerSideEncryption(enabled=True)],
                ttl=[DynamodbTableTtl(attribute_name="expiresAt", enabled="true")],
                stream_specification={"stream_enabled": True, "stream_view_type": "NEW_AND_OLD_IMAGES"},
                tags={"Name": f"field-{name}-{environment_suffix}"},
            )
            self.tables[name] = table

            target = AppautoscalingTarget(
                self,
                f"{name}-read-target",
                min_capacity="5",
                max_capacity="100",
                resource_id=f"table/{table.name}",
                scalable_dimension="dynamodb:table:ReadCapacityUnits",
                service_namespace="dynamodb",
            )
            AppautoscalingPolicy(
                self,
                f"{name}-read-policy",
                policy_name=f"field-{name}-read-{environment_suffix}",
                policy_type="TargetTrackingScaling",
                resource_id=target.resource_id,
                scalable_dimension=target.scalable_dimension,
                service_namespace=target.service_namespace,
                target_tracking_scaling_policy_configuration=[
                    AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration(
                        target_value="70",
                        predefined_metric_specification=[
                            AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification(
                                predefined_metric_type="DynamoDBReadCapacityUtilization",
                            )
                        ],
                    )
                ],
            )
