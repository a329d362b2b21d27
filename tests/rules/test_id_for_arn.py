from __future__ import annotations

import pytest

HEAD = """\
from cdktf_cdktf_provider_aws.autoscaling_group import AutoscalingGroup
from cdktf_cdktf_provider_aws.cloudfront_distribution import CloudfrontDistribution
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import LbListener, LbListenerDefaultAction
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_notification import S3BucketNotification
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAcl as Acl
from cdktf_cdktf_provider_aws.wafv2_web_acl_association import Wafv2WebAclAssociation
import cdktf_cdktf_provider_aws.lambda_function as fn
acl = Acl(s, 'a')
queue = SqsQueue(s, 'q')
key = KmsKey(s, 'k')
bucket = S3Bucket(s, 'b')
"""

TRANSFORMED = {
    "argument": (
        "Wafv2WebAclAssociation(s, 'w', web_acl_arn=acl.id)",
        "Wafv2WebAclAssociation(s, 'w', web_acl_arn=acl.arn)",
    ),
    "another resource": (
        "CloudwatchEventTarget(s, 't', arn=queue.id)",
        "CloudwatchEventTarget(s, 't', arn=queue.arn)",
    ),
    "a list of ARNs": (
        "AutoscalingGroup(s, 'g', target_group_arns=[queue.id, 'x'])",
        "AutoscalingGroup(s, 'g', target_group_arns=[queue.arn, 'x'])",
    ),
    "through a module": (
        "f = fn.LambdaFunction(s, 'f')\nLambdaPermission(s, 'p', source_arn=f.id)",
        "f = fn.LambdaFunction(s, 'f')\nLambdaPermission(s, 'p', source_arn=f.arn)",
    ),
    "an ARN under another name": (
        "DbInstance(s, 'd', kms_key_id=key.id)",
        "DbInstance(s, 'd', kms_key_id=key.arn)",
    ),
    "a firewall before CloudFront": (
        "CloudfrontDistribution(s, 'c', web_acl_id=acl.id)",
        "CloudfrontDistribution(s, 'c', web_acl_id=acl.arn)",
    ),
    "unpacked": (
        "options = {'source_arn': bucket.id}\nLambdaPermission(s, 'p', **options)",
        "options = {'source_arn': bucket.arn}\nLambdaPermission(s, 'p', **options)",
    ),
    "variable": (
        "x = acl.id\nWafv2WebAclAssociation(s, 'w', web_acl_arn=x)",
        "x = acl.arn\nWafv2WebAclAssociation(s, 'w', web_acl_arn=x)",
    ),
    "variable with another use": (
        "x = key.id\nDbInstance(s, 'd', kms_key_id=x)\nprint(x)",
        "x = key.id\nDbInstance(s, 'd', kms_key_id=key.arn)\nprint(x)",
    ),
    "helper": (
        "def protect(arn): Wafv2WebAclAssociation(s, 'w', web_acl_arn=arn)\nprotect(acl.id)",
        "def protect(arn): Wafv2WebAclAssociation(s, 'w', web_acl_arn=arn)\nprotect(acl.arn)",
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(f"{HEAD}{before}\n", select={"V102"}) == f"{HEAD}{after}\n"


NOOP = {
    "a role's name": "from cdktf_cdktf_provider_aws.glue_job import GlueJob\nfrom cdktf_cdktf_provider_aws.iam_role import IamRole as R\nrole = R(s, 'r', assume_role_policy='{}')\nGlueJob(s, 'j', name='j', role_arn=role.name, command={})",
    "its id is its ARN": "lb = Lb(s, 'l')\nLbListener(s, 'x', load_balancer_arn=lb.id)",
    "an id is wanted": "S3BucketNotification(s, 'n', bucket=bucket.id)",
    "a provider that takes either": "from cdktf_cdktf_provider_aws.sns_topic import SnsTopic\nSnsTopic(s, 't', kms_master_key_id=key.id)",
    "another id": "CloudwatchEventTarget(s, 't', arn=queue.url)",
    "own class": "class Queue:\n    id = 'x'\n    arn = 'y'\nCloudwatchEventTarget(s, 't', arn=Queue().id)",
    "another firewall": "from cdktf_cdktf_provider_aws.waf_web_acl import WafWebAcl\nw = WafWebAcl(s, 'w')\nCloudfrontDistribution(s, 'c', web_acl_id=w.id)",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"V102"})
    assert (result.files, result.findings) == ([], [])


SECURITY = """\
from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAcl


class SecurityStack:
    def __init__(self, scope):
        self._waf_acl = Wafv2WebAcl(scope, 'waf')

    @property
    def waf_web_acl_id(self) -> str:
        return self._waf_acl.id
"""
MAIN = """\
from cdktf import TerraformOutput
from cdktf_cdktf_provider_aws.wafv2_web_acl_association import Wafv2WebAclAssociation
from security import SecurityStack

security = SecurityStack(scope)
Wafv2WebAclAssociation(scope, 'w', web_acl_arn=security.waf_web_acl_id)
"""


def test_a_property_of_another_file(run) -> None:
    files = run({"security.py": SECURITY, "main.py": MAIN}, select={"V102"}).files
    assert [(file.path, file.after) for file in files] == [
        ("security.py", SECURITY.replace("self._waf_acl.id", "self._waf_acl.arn"))
    ]


def test_a_property_with_other_uses_is_left_and_the_use_repaired(run) -> None:
    main = MAIN + "TerraformOutput(scope, 'id', value=security.waf_web_acl_id)\n"
    files = run({"security.py": SECURITY, "main.py": main}, select={"V102"}).files
    assert [(file.path, file.after) for file in files] == [
        ("main.py", main.replace("web_acl_arn=security.waf_web_acl_id", "web_acl_arn=security._waf_acl.arn"))
    ]


def test_what_is_out_of_reach_is_shown(run) -> None:
    helper = SECURITY + "\n\ndef acl_id(scope):\n    acl = Wafv2WebAcl(scope, 'x')\n    return acl.id\n"
    main = MAIN.replace("SecurityStack", "acl_id").replace("security.waf_web_acl_id", "security") + "print(security)\n"
    result = run({"security.py": helper, "main.py": main}, select={"V102"})
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]


def test_the_parts_of_a_tuple_are_of_several_types(run) -> None:
    code = (
        "from cdktf_cdktf_provider_aws.kms_key import KmsKey\n"
        "from cdktf_cdktf_provider_aws.sns_topic import SnsTopic\n"
        "from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm\n"
        "def made(s) -> tuple[KmsKey, SnsTopic]: return KmsKey(s, 'k'), SnsTopic(s, 't')\n"
        "def alarm(s):\n"
        "    key, topic = made(s)\n"
        "    CloudwatchMetricAlarm(s, 'a', alarm_name='a', comparison_operator='x', evaluation_periods=1,\n"
        "                          alarm_actions=[topic.id])\n"
        "    return topic.name\n"
    )
    result = run({"main.py": code}, select={"V102", "A104"})
    assert (result.files, result.findings) == ([], [])
