"""State machines, jobs and their queues."""
import json

from cdktf import Fn, Token
from cdktf_cdktf_provider_aws import batch, iam, sfn
from cdktf_cdktf_provider_aws.glue_job import GlueJob, GlueJobExecutionProperty
from cdktf_cdktf_provider_aws.data_aws_subnets import DataAwsSubnets
from cdktf_cdktf_provider_aws.data_aws_vpc import DataAwsVpc

from .lake import trust

step = lambda kind, **fields: {"Type": kind, **fields}  # noqa: E731


def pipeline(scope, domain, lake, *, stage):
    job = GlueJob(
        scope,
        f"{domain}-job",
        name=f"{stage}-{domain}",
        role_arn=lake.role.arn,
        glue_version=5.0,
        worker_type="G.1X",
        number_of_workers="2",
        command=[{"script_location": f"s3://{lake.curated.id}/jobs/{domain}.py", "python_version": 3}],
        default_arguments={"--job-language": "python", "--enable-metrics": true, "--TempDir": f"s3://{lake.raw.id}/tmp"},
        execution_property=GlueJobExecutionProperty(max_concurrent_runs="1"),
        timeout=60,
    )
    role = iam.Role(
        scope,
        f"{domain}-machine-role",
        role_name=f"{stage}-{domain}-machine",
        assume_role_policy=json.dumps(trust("states.amazonaws.com")),
    )
    iam.RolePolicy(
        scope,
        f"{domain}-machine-policy",
        role_name=role.name,
        policy_document={
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": ["glue:*"], "Resource": "*"}],
        },
    )
    return sfn.StateMachine(
        scope,
        f"{domain}-machine",
        state_machine_name=f"{stage}-{domain}",
        role=role.arn,
        definition={
            "StartAt": "Transform",
            "States": {
                "Transform": step(
                    "Task",
                    Resource="arn:aws:states:::glue:startJobRun.sync",
                    Parameters={"JobName": job.name},
                    Next="Done",
                ),
                "Done": step("Succeed"),
            },
        },
        logging_configuration=null,
    )


def batch_jobs(scope, lake, streams):
    vpc = DataAwsVpc(scope, "default", default=true)
    subnets = DataAwsSubnets(scope, "default-subnets", filter=[{"name": "vpc-id", "values": [vpc.vpc_id]}])
    environment = batch.ComputeEnvironment(
        scope,
        "environment",
        compute_environment_name="mesh",
        type="MANAGED",
        compute_resources=[
            {
                "type": "FARGATE_SPOT",
                "max_vcpus": "16",
                "subnets": subnets.ids,
                "security_group_ids": [],
            }
        ],
    )
    queue = batch.JobQueue(
        scope,
        "queue",
        name="mesh",
        state="ENABLED",
        priority="1",
        compute_environment_order={"order": 1, "compute_environment": environment.arn},
    )
    definition = batch.JobDefinition(
        scope,
        "definition",
        name="compact",
        type="container",
        platform_capabilities="FARGATE",
        retry_strategy=[{"attempts": "3"}],
        timeout={"attempt_duration_seconds": 3600},
        container_properties={
            "image": "public.ecr.aws/acme/compact:1",
            "executionRoleArn": lake.role.arn,
            "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}],
            "environment": [{"name": "STREAMS", "value": Fn.join(",", [each.arn for each in streams])}],
        },
    )
    return Token.as_string(queue.arn), definition
