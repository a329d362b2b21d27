"""Repairs that are led by what the real cdktf and Terraform say, step by step."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from cdktf_codemods import Repair, Schema, Settings, repair
from cdktf_codemods.oracle import Answer, Oracle, Terraform
from cdktf_fix.guided import Shown, led
from cdktf_fix.options import Done

Guide = Callable[..., tuple[dict[str, str], Done, Answer]]

HEAD = """\
import json, os
import cdktf_cdktf_provider_aws.sns_topic as topics
from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup as Logs
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
app = App()
stack = TerraformStack(app, "shop")
AwsProvider(stack, "aws", region="eu-west-1")
read = json.loads('{"size": 3, "port": "80", "open": true, "ids": [1, 2], "one": "sg-1", "part": 2.5, "n": {"a": 1}}')
"""


@pytest.fixture
def guide(oracle: Oracle, schema: Schema, tmp_path: Path) -> Guide:
    """What the files of a project become, led by its runs."""

    def guide(files: Mapping[str, str], terraform: Terraform | None = None) -> tuple[dict[str, str], Done, Answer]:
        def repaired(shown: Shown) -> Done:
            result: Repair = repair(files, schema, Settings(extend_select={"G"}), evidence=shown)  # type: ignore[arg-type]
            assert result.failures == ()
            return Done(tmp_path, changed=[(None, each) for each in result.files], findings=result.findings)  # type: ignore[misc]

        def texts(done: Done) -> dict[str, str]:
            return {**files, **{each.path: each.after for _, each in done.changed}}

        def run(done: Done) -> Answer:
            for path, text in texts(done).items():
                (tmp_path / path).parent.mkdir(exist_ok=True, parents=True)
                (tmp_path / path).write_text(text)
            answer = oracle.synthesize(tmp_path)
            return terraform.checked(answer) if terraform is not None else answer

        (tmp_path / "cdktf.json").write_text("{}")
        first = repaired(())
        done, answer = led(first, run(first), repaired, run)
        return texts(done), done, answer

    return guide


@pytest.fixture(scope="module")
def terraform() -> Iterator[Terraform]:
    if shutil.which("terraform") is None or not Path("/opt/tf-plugins").is_dir():
        pytest.skip("Terraform or its provider is not here")
    with Terraform() as ready:
        yield ready


def led_to(guide: Guide, before: str, after: str, code: str, terraform: Terraform | None = None) -> Done:
    texts, done, answer = guide({"main.py": f"{HEAD}{before}\napp.synth()\n"}, terraform)
    assert texts["main.py"] == f"{HEAD}{after}\napp.synth()\n"
    assert answer.error is None
    assert answer.complaints == ()
    fixed = [each for each in done.findings if each.fixed]
    assert {each.code for each in fixed} == {code}
    assert all("when it was run: " in each.message for each in fixed)
    assert all(("(unsafe)" in each.message) == (each.safety == "unsafe") for each in fixed)
    assert done.dismissed == []
    return done


TYPES = {
    "number": ('S3Bucket(stack, "b", bucket=read["size"])', 'S3Bucket(stack, "b", bucket=str(read["size"]))'),
    "boolean": ('S3Bucket(stack, "b", bucket=read["open"])', 'S3Bucket(stack, "b", bucket=str(read["open"]).lower())'),
    "alias": (
        'Logs(stack, "l", retention_in_days=read["port"], name=read["size"])',
        'Logs(stack, "l", retention_in_days=int(read["port"]), name=str(read["size"]))',
    ),
    "module": ('topics.SnsTopic(stack, "t", name=read["size"])', 'topics.SnsTopic(stack, "t", name=str(read["size"]))'),
    "variable": ('size = read["size"]\nS3Bucket(stack, "b", bucket=size)', 'size = read["size"]\nS3Bucket(stack, "b", bucket=str(size))'),
    "another reads it": (
        'size = read["size"]\nS3Bucket(stack, "b", bucket=size)\nSqsQueue(stack, "q", delay_seconds=size)',
        'size = read["size"]\nS3Bucket(stack, "b", bucket=str(size))\nSqsQueue(stack, "q", delay_seconds=size)',
    ),
    "self": (
        "class A:\n    def __init__(self):\n        self.size = read['size']\n    def make(self):\n"
        "        S3Bucket(stack, 'b',\n            bucket=self.size)\nA().make()",
        "class A:\n    def __init__(self):\n        self.size = read['size']\n    def make(self):\n"
        "        S3Bucket(stack, 'b',\n            bucket=str(self.size))\nA().make()",
    ),
    "loop": (
        'for n in read["ids"]:\n    S3Bucket(stack, f"b-{n}", bucket=n)',
        'for n in read["ids"]:\n    S3Bucket(stack, f"b-{n}", bucket=str(n))',
    ),
    "environment": (
        'port = dict(os.environ, PORT="80")["PORT"]\nSqsQueue(stack, "q", delay_seconds=port)',
        'port = dict(os.environ, PORT="80")["PORT"]\nSqsQueue(stack, "q", delay_seconds=int(port))',
    ),
    "inner struct": (
        'SecurityGroup(stack, "g", ingress=[SecurityGroupIngress(from_port=read["port"], to_port=80, protocol="tcp")])',
        'SecurityGroup(stack, "g", ingress=[SecurityGroupIngress(from_port=int(read["port"]), to_port=80, protocol="tcp")])',
    ),
    "dict for a struct": (
        'Instance(stack, "i", root_block_device={"volume_size": read["port"]})',
        'Instance(stack, "i", root_block_device={"volume_size": int(read["port"])})',
    ),
    "one for a list": (
        'Instance(stack, "i", vpc_security_group_ids=read["one"])',
        'Instance(stack, "i", vpc_security_group_ids=[read["one"]])',
    ),
    "elements": (
        'Instance(stack, "i", vpc_security_group_ids=read["ids"])',
        'Instance(stack, "i", vpc_security_group_ids=[str(each) for each in read["ids"]])',
    ),
    "tag": ('S3Bucket(stack, "b", tags={"n": read["size"]})', 'S3Bucket(stack, "b", tags={"n": str(read["size"])})'),
    "tags": (
        'S3Bucket(stack, "b", tags=read["n"])',
        'S3Bucket(stack, "b", tags={key: str(value) for key, value in read["n"].items()})',
    ),
    "unpacked": (
        'options = {"bucket": read["size"]}\nS3Bucket(stack, "b", **options)',
        'options = {"bucket": str(read["size"])}\nS3Bucket(stack, "b", **options)',
    ),
    "id": ('S3Bucket(stack, read["size"])', 'S3Bucket(stack, str(read["size"]))'),
    "attribute": (
        'b = S3Bucket(stack, "b")\nb.bucket = read["size"]',
        'b = S3Bucket(stack, "b")\nb.bucket = str(read["size"])',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), TYPES.values(), ids=TYPES)
def test_a_value_whose_type_the_run_shows(before: str, after: str, guide: Guide) -> None:
    done = led_to(guide, before, after, "G101")
    assert {each.safety for each in done.findings if each.code != "V106"} == {"safe"}


IDS = {
    "its own name": (
        'SqsQueue(stack, "q", name="a")\nS3Bucket(stack, "q", bucket="orders")',
        'SqsQueue(stack, "q", name="a")\nS3Bucket(stack, "orders", bucket="orders")',
    ),
    "its kind": (
        'SqsQueue(stack, "q")\nS3Bucket(stack, "q")\nS3Bucket(stack, "q")',
        'SqsQueue(stack, "q")\nS3Bucket(stack, "q-s-3-bucket")\nS3Bucket(stack, "q-s-3-bucket-2")',
    ),
    "its kind, behind what differs": (
        'for n in ["a", "b"]:\n    SqsQueue(stack, f"{n}-q")\n    S3Bucket(stack, f"{n}-q")',
        'for n in ["a", "b"]:\n    SqsQueue(stack, f"{n}-q")\n    S3Bucket(stack, f"{n}-q-s-3-bucket")',
    ),
    "loop over texts": (
        'for n in ["a", "b"]:\n    SqsQueue(stack, "q")',
        'for n in ["a", "b"]:\n    SqsQueue(stack, f"q-{n}")',
    ),
    "loop over what is read": (
        'for n in read["ids"]:\n    SqsQueue(stack, "q", name=f"q{n}")',
        'for n in read["ids"]:\n    SqsQueue(stack, f"q-{n}", name=f"q{n}")',
    ),
    "enumerate": (
        "for at, n in enumerate(read['ids']):\n    SqsQueue(stack, 'q')",
        "for at, n in enumerate(read['ids']):\n    SqsQueue(stack, f'q-{at}')",
    ),
    "dicts": (
        'for n in [{"name": "a"}, {"name": "b"}]:\n    SqsQueue(stack, "q", name=n["name"])',
        """for n in [{"name": "a"}, {"name": "b"}]:\n    SqsQueue(stack, f"q-{n['name']}", name=n["name"])""",
    ),
    "two loops": (
        'for a in range(2):\n    for b in range(2):\n        SqsQueue(stack, "q")',
        'for a in range(2):\n    for b in range(2):\n        SqsQueue(stack, f"q-{b}-{a}")',
    ),
    "comprehension": (
        'queues = [SqsQueue(stack, "q") for at in range(2)]',
        'queues = [SqsQueue(stack, f"q-{at}") for at in range(2)]',
    ),
    "helper": (
        'def make(n):\n    return SqsQueue(stack, "q", name=n)\nmake("a")\nmake("b")',
        'def make(n):\n    return SqsQueue(stack, f"q-{n}", name=n)\nmake("a")\nmake("b")',
    ),
}


@pytest.mark.parametrize(("before", "after"), IDS.values(), ids=IDS)
def test_a_second_construct_of_an_id(before: str, after: str, guide: Guide) -> None:
    led_to(guide, before, after, "G102")


def test_an_attribute_that_the_object_does_not_have(guide: Guide) -> None:
    held = (
        'held = dict(b=S3Bucket(stack, "b"))\nfor name in list(held):\n    TerraformOutput(stack, name + "o", value={})'
    )
    led_to(guide, held.format("held[name].arm"), held.format("held[name].arn"), "G103")


MISSING = {
    "a variable of the name": (
        'role = read["one"]\nLambdaFunction(stack, "f", function_name="f")',
        'role = read["one"]\nLambdaFunction(stack, "f", function_name="f", role=role)',
    ),
    "a parameter of the name": (
        'def make(scope, role):\n    LambdaFunction(scope, "f", function_name="f")\nmake(stack, "r")',
        'def make(scope, role):\n    LambdaFunction(scope, "f", function_name="f", role=role)\nmake(stack, "r")',
    ),
    "a neighbour": (
        'def make(scope, arn):\n    LambdaFunction(scope, "f", function_name="f", role=arn)\n'
        '    LambdaFunction(scope, "g", function_name="g")\nmake(stack, "r")',
        'def make(scope, arn):\n    LambdaFunction(scope, "f", function_name="f", role=arn)\n'
        '    LambdaFunction(scope, "g", function_name="g", role=arn)\nmake(stack, "r")',
    ),
    "a resource": (
        'runner = IamRole(stack, "r", assume_role_policy="{}")\nLambdaFunction(stack, "f", function_name="f")',
        'runner = IamRole(stack, "r", assume_role_policy="{}")\nLambdaFunction(stack, "f", function_name="f", role=runner.arn)',
    ),
    "of the object": (
        "class A:\n    def __init__(self):\n        self.role = IamRole(stack, 'r', assume_role_policy='{}')\n"
        "    def make(self):\n        LambdaFunction(stack, 'f', function_name='f')\nA().make()",
        "class A:\n    def __init__(self):\n        self.role = IamRole(stack, 'r', assume_role_policy='{}')\n"
        "    def make(self):\n        LambdaFunction(stack, 'f', function_name='f', role=self.role.arn)\nA().make()",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), MISSING.values(), ids=MISSING)
def test_a_missing_argument(before: str, after: str, guide: Guide) -> None:
    led_to(guide, before, after, "G104")


SHOWN = {
    "a list for a text": ('S3Bucket(stack, "b", bucket=read["ids"])', "G101"),
    "no digits": ('SqsQueue(stack, "q", delay_seconds=read["one"])', "G101"),
    "nothing differs": ('make = [lambda: SqsQueue(stack, "q")] * 2\n[each() for each in make]', "G102"),
    "nothing differs, as can be read": ('def make():\n    SqsQueue(stack, "q")\nmake()\nmake()', "A121"),
    "nothing near": ('print(dict(b=S3Bucket(stack, "b"))["b"].owner_of_it)', "G103"),
    "nothing near, as can be read": ('def f(b):\n    print(b.owner_of_it)\nf(S3Bucket(stack, "b"))', "A104"),
    "nothing supplies it": ('given = {"function_name": "f"}\nLambdaFunction(stack, "f", **given)', "G104"),
    "two supply it": (
        'a = IamRole(stack, "a", assume_role_policy="{}")\nb = IamRole(stack, "b", assume_role_policy="{}")\n'
        'LambdaFunction(stack, "f", **{"function_name": "f"})',
        "G104",
    ),
}


@pytest.mark.parametrize(("code", "rule"), SHOWN.values(), ids=SHOWN)
def test_what_is_not_certain_is_shown(code: str, rule: str, guide: Guide) -> None:
    files = {"main.py": f"{HEAD}{code}\napp.synth()\n"}
    texts, done, _ = guide(files)
    assert texts == files
    found = [(each.code, each.safety) for each in done.findings if each.code != "V106"]  # a function without code
    assert found == [(rule, "shown")]


STACK = """\
from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

class Shop(TerraformStack):
    def __init__(self, scope, name{parameter}):
        super().__init__(scope, name)
{provider}        SqsQueue(self, "orders"{more})
"""
MAIN = "from cdktf import App\nfrom lib.shop import Shop\napp = App()\nShop(app, 'shop'{})\napp.synth()\n"


def test_a_missing_provider_in_another_file(guide: Guide) -> None:
    stack = STACK.format(parameter=", region", provider="", more="")
    texts, done, answer = guide({"lib/shop.py": stack, "main.py": MAIN.format(", 'eu-west-1'")})
    assert answer.error is None
    assert '        AwsProvider(self, "aws", region=region)\n        SqsQueue' in texts["lib/shop.py"]
    assert "import AwsProvider\n" in texts["lib/shop.py"]
    assert [each.code for each in done.findings if each.fixed] == ["G105"]


@pytest.mark.parametrize(("scope", "code"), [("self", "A118"), ("self.node.scope.node.children[0]", "G105")])
def test_a_region_is_not_made_up(scope: str, code: str, guide: Guide) -> None:
    """And what can be read without a run is said once."""
    stack = STACK.format(parameter="", provider="", more="").replace("SqsQueue(self,", f"SqsQueue({scope},")
    texts, done, _ = guide({"lib/shop.py": stack, "main.py": MAIN.format("")})
    assert "AwsProvider" not in texts["lib/shop.py"]
    assert [(each.code, each.safety) for each in done.findings] == [(code, "shown")]


def test_several_steps_one_after_the_other(guide: Guide) -> None:
    before = 'for n in read["ids"]:\n    b = S3Bucket(stack, "b", bucket=n)\n    print(dict(b=b)["b"].arm)'
    after = 'for n in read["ids"]:\n    b = S3Bucket(stack, f"b-{n}", bucket=str(n))\n    print(dict(b=b)["b"].arn)'
    texts, done, answer = guide({"main.py": f"{HEAD}{before}\napp.synth()\n"})
    assert answer.error is None
    assert after in texts["main.py"]
    assert [each.code for each in done.findings if each.fixed] == ["G102", "G101", "G103"]


def test_what_makes_it_worse_is_undone(guide: Guide) -> None:
    """What is near by its letters cannot be called."""
    code = "class A:\n    describe_me = 1\na = A()\nprint(dict(a=a)['a'].describe_mee())"
    files = {"main.py": f"{HEAD}{code}\napp.synth()\n"}
    texts, done, _ = guide(files)
    assert texts == files
    assert "is undone: TypeError: 'int' object is not callable" in done.dismissed[0]


ALLOWED = {
    "number": ("retention_in_days=2555", "retention_in_days=2557"),
    "text": ('log_group_class="standard"', 'log_group_class="STANDARD"'),
}


@pytest.mark.parametrize(("before", "after"), ALLOWED.values(), ids=ALLOWED)
def test_a_value_that_terraform_refuses(before: str, after: str, guide: Guide, terraform: Terraform) -> None:
    led_to(guide, f'Logs(stack, "l", {before})', f'Logs(stack, "l", {after})', "G106", terraform)


WHOLE = {
    "count": ('SqsQueue(stack, "q", count=read["part"])', 'SqsQueue(stack, "q", count=math.ceil(read["part"]))'),
    "literal": ('SqsQueue(stack, "q", count=1.5)', 'SqsQueue(stack, "q", count=2)'),
    "not named": (
        'SqsQueue(stack, "q", delay_seconds=read["part"], max_message_size=2048)',
        'SqsQueue(stack, "q", delay_seconds=math.ceil(read["part"]), max_message_size=2048)',
    ),
}


@pytest.mark.parametrize(("before", "after"), WHOLE.values(), ids=WHOLE)
def test_a_fraction_where_whole_numbers_are_taken(before: str, after: str, guide: Guide, terraform: Terraform) -> None:
    led_to(guide, f"import math\n{before}", f"import math\n{after}", "G108", terraform)


def test_a_refused_value_is_changed_where_it_is_written(guide: Guide, terraform: Terraform) -> None:
    code = 'DAYS = {}\nLogs(stack, "a", retention_in_days=DAYS)\nLogs(stack, "b", retention_in_days=DAYS)'
    led_to(guide, code.format(2555), code.format(2557), "G106", terraform)


def test_a_data_source_that_is_not_declared(guide: Guide, terraform: Terraform) -> None:
    more = ', name="q-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.name}"'
    provider = '        AwsProvider(self, "aws", region="eu-west-1")\n'
    stack = STACK.format(parameter="", provider=provider, more=more)
    stack = "from cdktf_cdktf_provider_aws.provider import AwsProvider\n" + stack
    texts, done, answer = guide({"lib/shop.py": stack, "main.py": MAIN.format("")}, terraform)
    assert answer.complaints == ()
    assert "DataAwsCallerIdentity(self, " in texts["lib/shop.py"]
    assert [each.code for each in done.findings if each.fixed] == ["G107", "G107"]
    assert set(answer.stacks["shop"]["data"]) == {"aws_caller_identity", "aws_region"}


COMBINATIONS = {
    "conflicts with": (
        'SecurityGroup(stack, "g", name="web", name_prefix="w")',
        "16:39: `name_prefix` cannot be given together with `name`; keep the one that is meant",
    ),
    "only one of": (
        'role = "arn:aws:iam::123456789012:role/f"\n'
        'LambdaFunction(stack, "f", function_name="f", role=role, image_uri="u", filename="f.zip")',
        "17:73: `filename` cannot be given together with `image_uri`",
    ),
    "unpacked": (
        'names = {"name": "web", "name_prefix": "w"}\nSecurityGroup(stack, "g", **names)',
        "16:25: `name_prefix` cannot be given together with `name`",
    ),
    "one of": (
        'LambdaFunction(stack, "f", function_name="f", role="arn:aws:iam::123456789012:role/f")',
        "16:1: a `LambdaFunction` needs one of `filename`, `image_uri`, `s3_bucket`",
    ),
}


@pytest.mark.parametrize(("code", "said"), COMBINATIONS.values(), ids=COMBINATIONS)
def test_arguments_that_cannot_stand_together(code: str, said: str, guide: Guide, terraform: Terraform) -> None:
    files = {"main.py": f"{HEAD}{code}\napp.synth()\n"}
    texts, done, answer = guide(files, terraform)
    assert answer.complaints
    assert texts == files
    found = [f"{each.place.line}:{each.place.column}: {each.message}" for each in done.findings if each.code == "G109"]
    assert len(found) == 1, found
    assert found[0].startswith(said)
