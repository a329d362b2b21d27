"""The services, one by one."""
import json

import pytest

from lib.constants import CAPACITY, SERVICES
from lib.services import trust
from tests.conftest import resources


def by_name(manifest, kind, name):
    """The resource of a kind whose name ends so."""
    found = [each for each in resources(manifest, kind).values() if each.get("name", each.get("family")).endswith(name)]
    assert len(found) == 1
    return found[0]


def test_trust_names_the_service():
    (statement,) = json.loads(trust("glue.amazonaws.com"))["Statement"]
    assert statement["Principal"] == {"Service": "glue.amazonaws.com"}


@pytest.mark.parametrize("name", SERVICES)
def test_task_has_the_size_of_the_constants(dev, name):
    task = by_name(dev, "aws_ecs_task_definition", name)
    assert task["cpu"] == str(SERVICES[name]["cpu"])
    assert task["memory"] == str(SERVICES[name]["memory"])
    (container,) = json.loads(task["container_definitions"])
    assert container["portMappings"][0]["containerPort"] == SERVICES[name]["port"]


@pytest.mark.parametrize("name", SERVICES)
def test_service_is_behind_the_balancer(dev, name):
    service = by_name(dev, "aws_ecs_service", name)
    assert service["load_balancer"][0]["container_port"] == SERVICES[name]["port"]
    assert service["capacity_provider_strategy"] == CAPACITY
    assert service["desired_count"] == SERVICES[name]["tasks"]


def test_jobs_have_somewhere_to_run(dev):
    (queue,) = resources(dev, "aws_batch_job_queue").values()
    assert queue["compute_environment_order"][0]["order"] == 1
    (job,) = resources(dev, "aws_batch_job_definition").values()
    assert json.loads(job["container_properties"])["command"][0] == "settle"


def test_reports_read_what_services_write(dev):
    (crawler,) = resources(dev, "aws_glue_crawler").values()
    assert crawler["s3_target"][0]["path"].endswith("/exports/")
