from __future__ import annotations

import pytest
from cdktf_codemods import Settings, repair

IMPORTS = """\
from constructs import Construct
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
PROJECT = 'shop'
class A(Construct):
    def __init__(self, scope, construct_id, region, environment_suffix, title):
        super().__init__(scope, construct_id)
        self.environment_suffix = environment_suffix
        self.region = region
"""


def method(line: str) -> str:
    return f"{IMPORTS}        {line}\n"


def other_method(line: str) -> str:
    return f"{IMPORTS}    def more(self):\n        {line}\n"


TRANSFORMED = {
    "the document's": (
        other_method("KmsAlias(self, 'a', name=f'alias/trading-{self.region}')"),
        other_method("KmsAlias(self, 'a', name=f'alias/trading-{self.region}-{self.environment_suffix}')"),
    ),
    "literal": (
        method("S3Bucket(self, 'b', bucket='data')"),
        method("S3Bucket(self, 'b', bucket=f'data-{environment_suffix}')"),
    ),
    "double quotes and braces": (
        method('S3Bucket(self, "b", bucket="data{x}")'),
        method('S3Bucket(self, "b", bucket=f"data{{x}}-{environment_suffix}")'),
    ),
    "underscores": (
        method("DbInstance(self, 'b', identifier='main_db')"),
        method("DbInstance(self, 'b', identifier=f'main_db_{environment_suffix}')"),
    ),
    "constant": (
        method("S3Bucket(self, 'b', bucket=PROJECT)"),
        method("S3Bucket(self, 'b', bucket=f'{PROJECT}-{environment_suffix}')"),
    ),
    "constant in an f-string": (
        method("S3Bucket(self, 'b', bucket=f'{PROJECT}-x')"),
        method("S3Bucket(self, 'b', bucket=f'{PROJECT}-x-{environment_suffix}')"),
    ),
    "another spelling of the suffix": (
        method("S3Bucket(self, 'b', bucket='data')").replace("environment_suffix", "env_suffix"),
        method("S3Bucket(self, 'b', bucket=f'data-{env_suffix}')").replace("environment_suffix", "env_suffix"),
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix, run) -> None:
    assert fix(before, select={"V103"}, unsafe=True) == after
    assert run({"main.py": before}, select={"V103"}).files == []


NOOP = {
    "with the suffix": method("S3Bucket(self, 'b', bucket=f'data-{environment_suffix}')"),
    "with the suffix by another way": other_method("S3Bucket(self, 'b', bucket=f'data-{self.environment_suffix}')"),
    "a parameter, which may hold it": method("S3Bucket(self, 'b', bucket=title)"),
    "a parameter in an f-string": method("S3Bucket(self, 'b', bucket=f'{title}-data')"),
    "a helper's result": method("S3Bucket(self, 'b', bucket=self.name('data'))"),
    "a name that need not be unique": method("SecurityGroup(self, 'b', name='web')"),
    "no suffix in the class": "from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket\nclass B:\n    def f(self):\n        S3Bucket(self, 'b', bucket='x')\n",
    "a suffix that is always the same": method(
        "environment_suffix = 'dev'\n        S3Bucket(self, 'b', bucket=f'data-{environment_suffix}')"
    ),
    "a name beside a suffix that is always the same": method(
        "environment_suffix = 'dev'\n        S3Bucket(self, 'b', bucket='data')"
    )
    .replace("self.environment_suffix = environment_suffix", "pass")
    .replace("environment_suffix, title", "title"),
    "own class": method("class KmsAlias: pass\n        KmsAlias(self, 'a', name='x')"),
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": code}, select={"V103"}, unsafe=True)
    assert (result.files, result.findings) == ([], [])


def test_a_suffix_that_is_set_later_is_not_used(run) -> None:
    code = IMPORTS.replace(
        "        super().__init__(scope, construct_id)\n", "        S3Bucket(self, 'b', bucket='x')\n"
    )
    code = code.replace("region, environment_suffix, title", "region, title").replace("= environment_suffix", "= title")
    assert run({"main.py": code}, select={"V103"}, unsafe=True).files == []


SHOWN = {
    "in another text": method("S3Bucket(self, 'b', bucket='/ecs/payment-api')\n        x = {'awslogs-group': '/ecs/payment-api'}"),
    "in a longer text": method("S3Bucket(self, 'b', bucket='trading-data')\n        arn = 'arn:aws:s3:::trading-data/*'"),
    "in an f-string": method("S3Bucket(self, 'b', bucket='shop-data')\n        arn = f'arn:aws:s3:::{PROJECT}-data/*'"),
    "the part of it that is fixed": method("S3Bucket(self, 'b', bucket=f'data-{region}')\n        x = f'data-{region}'"),
    "in a variable": method("name = 'data'\n        S3Bucket(self, 'b', bucket=name)\n        print(name)"),
}  # fmt: skip


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": code}, select={"V103"}, unsafe=True)
    assert result.files == []
    (finding,) = result.findings
    assert (finding.safety, len(finding.also)) == ("shown", 1)


def test_another_file_that_holds_the_name(run, schema) -> None:
    code = method("S3Bucket(self, 'b', bucket='trading-data')")
    tests = "def test_it(out):\n    assert 'trading-data' in out\n"
    (finding,) = run({"main.py": code, "test_it.py": tests}, select={"V103"}, unsafe=True).findings
    assert finding.message.endswith("elsewhere: test_it.py:2")
    settings = Settings(select=frozenset({"V103"}), unsafe=True)
    (finding,) = repair({"main.py": code}, schema, settings, resources={"go.sh": b"aws s3 ls trading-data"}).findings
    assert "(go.sh)" in finding.message


def test_an_id_and_documentation_are_not_the_name(fix) -> None:
    before = method('"""Makes trading-data."""\n        S3Bucket(self, \'trading-data\', bucket=\'trading-data\')')
    assert "bucket=f'trading-data-{environment_suffix}'" in fix(before, select={"V103"}, unsafe=True)
