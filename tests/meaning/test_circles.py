"""Imports that go in a circle: a package that imports its own parts, modules that import each other."""

from __future__ import annotations

from cdktf_codemods import Schema, repair

PACKAGE = {
    "lib/__init__.py": """\
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from . import kinds


def make(scope):
    LbTargetGroup(scope, "g", deregistration_delay=kinds.DELAY)
    return kinds.DELAY
""",
    "lib/kinds.py": "DELAY = 30\n",
}
EACH_OTHER = {
    "one.py": "from two import Thing\nfrom cdktf_cdktf_provider_aws.sqs_queue import SqsQueue\nSqsQueue(Thing, Thing.name)\n",
    "two.py": "from one import Thing\nfrom cdktf_cdktf_provider_aws.sqs_queue import SqsQueue\nSqsQueue(Thing, Thing)\n",
}


def test_a_package_imports_its_own_part(schema: Schema) -> None:
    result = repair(PACKAGE, schema)
    assert list(result.failures) == []
    (file,) = result.files
    assert file.after == PACKAGE["lib/__init__.py"].replace("=kinds.DELAY", "=str(kinds.DELAY)")


def test_modules_import_each_other(schema: Schema) -> None:
    result = repair(EACH_OTHER, schema)
    assert [*result.failures, *result.files, *result.findings] == []
