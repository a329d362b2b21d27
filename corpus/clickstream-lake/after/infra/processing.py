"""Glue jobs and crawlers, and what starts them; Athena to ask."""
from __future__ import annotations

from typing import Any

from cdktf_cdktf_provider_aws import athena_workgroup, glue_crawler, glue_job, glue_trigger, glue_workflow
from constructs import Construct

from infra.common import Settings

JOBS = {
    "clean": {"workers": 2, "timeout": 60, "bookmark": True},
    "sessions": {"workers": 4, "timeout": 120, "bookmark": True},
    "funnels": {"workers": 4, "timeout": 120, "bookmark": False},
}


def create_job(scope: Construct, settings: Settings, name: str, lake: dict[str, Any]) -> glue_job.GlueJob:
    job = JOBS[name]
    bookmark = "enable" if job["bookmark"] else "disable"
    return glue_job.GlueJob(
        scope,
        f"{name}-job",
        name=settings.name(name),
        role_arn=lake["role"].arn,
        glue_version="4.0",
        worker_type="G.1X",
        number_of_workers=job["workers"],
        timeout=job["timeout"],
        command=glue_job.GlueJobCommand(
            name="glueetl",
            python_version="3",
            script_location=f"s3://{settings.name('artifacts')}/glue/{name}.py",
        ),
        default_arguments={
            "--job-bookmark-option": f"job-bookmark-{bookmark}",
            "--database": lake["database"].name,
            "--output": f"s3://{lake['buckets']['curated'].bucket}/{name}/",
            "--enable-metrics": "true",
        },
        execution_property={"max_concurrent_runs": 1},
    )


def create_crawler(scope: Construct, settings: Settings, lake: dict[str, Any]) -> glue_crawler.GlueCrawler:
    """Finds what the jobs wrote."""
    targets = []
    for name in JOBS:
        targets.append(
            glue_crawler.GlueCrawlerS3Target(path=f"s3://{lake['buckets']['curated'].bucket}/{name}/", sample_size=10)
        )
    return glue_crawler.GlueCrawler(
        scope,
        "crawler",
        name=settings.name("curated"),
        role=lake["role"].arn,
        database_name=lake["database"].name,
        s3_target=targets,
        schema_change_policy={"update_behavior": "UPDATE_IN_DATABASE", "delete_behavior": "LOG"},
    )


def create_workflow(scope: Construct, settings: Settings, jobs: list, crawler: glue_crawler.GlueCrawler) -> None:
    """One job after the other each night, the crawler last."""
    workflow = glue_workflow.GlueWorkflow(scope, "workflow", name=settings.name("nightly"))
    glue_trigger.GlueTrigger(
        scope,
        "nightly",
        name=settings.name("nightly"),
        type="SCHEDULED",
        schedule="cron(15 1 * * ? *)",
        workflow_name=workflow.name,
        actions=[glue_trigger.GlueTriggerActions(job_name=jobs[0].name)],
    )
    for before, after in zip(jobs, jobs[1:]):
        glue_trigger.GlueTrigger(
            scope,
            f"after-{before.friendly_unique_id}",
            name=f"{after.name}-start",
            type="CONDITIONAL",
            workflow_name=workflow.name,
            predicate=glue_trigger.GlueTriggerPredicate(
                conditions=[glue_trigger.GlueTriggerPredicateConditions(job_name=before.name, state="SUCCEEDED")],
            ),
            actions=[glue_trigger.GlueTriggerActions(job_name=after.name)],
        )
    glue_trigger.GlueTrigger(
        scope,
        "crawl",
        name=settings.name("crawl"),
        type="CONDITIONAL",
        workflow_name=workflow.name,
        predicate={
            "conditions": [glue_trigger.GlueTriggerPredicateConditions(job_name=jobs[-1].name, state="SUCCEEDED")]
        },
        actions=[glue_trigger.GlueTriggerActions(crawler_name=crawler.name)],
    )


def create_workgroup(scope: Construct, settings: Settings, lake: dict[str, Any]) -> athena_workgroup.AthenaWorkgroup:
    return athena_workgroup.AthenaWorkgroup(
        scope,
        "workgroup",
        name=settings.name("analysts"),
        force_destroy=not settings.is_production,
        configuration=athena_workgroup.AthenaWorkgroupConfiguration(
            bytes_scanned_cutoff_per_query=100 * 1024**3,
            enforce_workgroup_configuration=True,
            result_configuration={
                "output_location": f"s3://{lake['buckets']['athena-results'].bucket}/",
                "encryption_configuration": {"encryption_option": "SSE_S3"},
            },
        ),
    )


def create_processing(scope: Construct, settings: Settings, lake: dict[str, Any]) -> list[glue_job.GlueJob]:
    """The jobs, in the order in which they run."""
    jobs = [create_job(scope, settings, name, lake) for name in JOBS]
    crawler = create_crawler(scope, settings, lake)
    create_workflow(scope, settings, jobs, crawler)
    create_workgroup(scope, settings, lake)
    return jobs
