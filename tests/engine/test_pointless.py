"""What others were told to let pass goes, where a repair leaves nothing to let pass; and all else stays."""

from __future__ import annotations

import pytest

AWS = "cdktf_cdktf_provider_aws"
EIP = f"from {AWS}.eip import Eip\n"
GOES = {
    "an import, pylint": (
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioning  # pylint: disable=no-name-in-module\n",
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioningA\n",
    ),
    "an import, by pylint's code": (
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioning  # pylint: disable=E0611 -- it is there\n",
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioningA\n",
    ),
    "an import, mypy": (
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioning  # type: ignore[attr-defined]\n",
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioningA\n",
    ),
    "an import, pyright": (
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioning  # pyright: ignore[reportAttributeAccessIssue]\n",
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioningA\n",
    ),
    "an import, the line above": (
        f"import json\n# pylint: disable-next=no-name-in-module\nfrom {AWS}.s3_bucket_versioning import S3BucketVersioning\n",
        f"import json\nfrom {AWS}.s3_bucket_versioning import S3BucketVersioningA\n",
    ),
    "an import that goes": (
        "from cdktf import AwsProvider  # pylint: disable=no-name-in-module\nAwsProvider(s, 'aws')\n",
        f"from {AWS}.provider import AwsProvider\nAwsProvider(s, 'aws')\n",
    ),
    "one name of an import": (
        "from cdktf import App, AwsProvider  # type: ignore[attr-defined]\nAwsProvider(App(), 'aws')\n",
        f"from cdktf import App\nfrom {AWS}.provider import AwsProvider\nAwsProvider(App(), 'aws')\n",
    ),
    "one code of several": (
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioning  # pylint: disable=unused-import,no-name-in-module\n",
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioningA  # pylint: disable=unused-import\n",
    ),
    "one comment of several": (
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioning  # noqa: F401  # pylint: disable=E0611  # the old one\n",
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioningA  # noqa: F401  # the old one\n",
    ),
    "a member of a module": (
        f"from {AWS} import s3_bucket_versioning as v\nv.S3BucketVersioning(s, 'v')  # pylint: disable=no-member\n",
        f"from {AWS} import s3_bucket_versioning as v\nv.S3BucketVersioningA(s, 'v')\n",
    ),
    "an argument": (
        EIP + "Eip(s, 'e', vpc=True)  # pylint: disable=unexpected-keyword-arg # the API wants it so\n",
        EIP + "Eip(s, 'e', domain='vpc')  # the API wants it so\n",
    ),
    "an argument, mypy": (
        f"from {AWS}.sns_topic import SnsTopic\nSnsTopic(s, 't', topic_name='t')  # type: ignore[call-arg]\n",
        f"from {AWS}.sns_topic import SnsTopic\nSnsTopic(s, 't', name='t')\n",
    ),
    "an argument among many lines": (
        EIP + "Eip(  # type: ignore[call-arg]\n    s,\n    'e',  # the first\n    vpc=True,  # all\n)\n",
        EIP + "Eip(\n    s,\n    'e',  # the first\n    domain='vpc',  # all\n)\n",
    ),
    "an attribute": (
        EIP + "e = Eip(s, 'e')\nprint(e.eip_id, str(e.arn))  # type: ignore[attr-defined]\n",
        EIP + "e = Eip(s, 'e')\nprint(e.id, str(e.arn))\n",
    ),
    "an attribute of an attribute": (
        EIP
        + "class A:\n    def __init__(self):\n        self.e = Eip(s, 'e')\n        print(self.e.eip_id)  # pylint: disable=E1101\n",
        EIP + "class A:\n    def __init__(self):\n        self.e = Eip(s, 'e')\n        print(self.e.id)\n",
    ),
    "a value": (
        f"from {AWS}.sqs_queue import SqsQueue\nfrom cdktf import App\nSqsQueue(App(), 'q', delay_seconds='5')  # type: ignore[arg-type]\n",
        f"from {AWS}.sqs_queue import SqsQueue\nfrom cdktf import App\nSqsQueue(App(), 'q', delay_seconds=5)\n",
    ),
    "a name, where it is used again": (
        "from cdktf import App\nx = Fn.abs(1)\ny = Fn.abs(2)  # noqa: F821\n",
        "from cdktf import App, Fn\nx = Fn.abs(1)\ny = Fn.abs(2)\n",
    ),
    "a name, where it is used before": (
        "from cdktf import App\nx = Fn.abs(1)  # noqa: F821, E225\ny = Fn.abs(2)\n",
        "from cdktf import App, Fn\nx = Fn.abs(1)  # noqa: E225\ny = Fn.abs(2)\n",
    ),
}

STAYS = {
    "a bare noqa": (EIP + "Eip(s, 'e', vpc=True)  # noqa\n", EIP + "Eip(s, 'e', domain='vpc')  # noqa\n"),
    "a bare type: ignore": (
        EIP + "Eip(s, 'e', vpc=True)  # type: ignore\n",
        EIP + "Eip(s, 'e', domain='vpc')  # type: ignore\n",
    ),
    "about something else": (
        EIP + "Eip(s, 'e', vpc=True)  # noqa: F841  # type: ignore[misc]\n",
        EIP + "Eip(s, 'e', domain='vpc')  # noqa: F841  # type: ignore[misc]\n",
    ),
    "a module that cannot be found": (
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioning  # pylint: disable=import-error\n",
        f"from {AWS}.s3_bucket_versioning import S3BucketVersioningA  # pylint: disable=import-error\n",
    ),
    "another name of the import": (
        "from cdktf import AwsProvider, Nothing  # type: ignore[attr-defined]\nAwsProvider(s, Nothing)\n",
        f"from cdktf import Nothing  # type: ignore[attr-defined]\nfrom {AWS}.provider import AwsProvider\nAwsProvider(s, Nothing)\n",
    ),
    "another argument": (
        EIP + "Eip(s, 'e', vpc=True, nothing=1)  # type: ignore[call-arg]\n",
        EIP + "Eip(s, 'e', domain='vpc', nothing=1)  # type: ignore[call-arg]\n",
    ),
    "arguments that cannot be seen": (
        EIP + "Eip(s, 'e', vpc=True, **more)  # type: ignore[call-arg]\n",
        EIP + "Eip(s, 'e', domain='vpc', **more)  # type: ignore[call-arg]\n",
    ),
    "another call": (
        EIP + "keep(Eip(s, 'e', vpc=True), x=1)  # type: ignore[call-arg]\n",
        EIP + "keep(Eip(s, 'e', domain='vpc'), x=1)  # type: ignore[call-arg]\n",
    ),
    "another attribute": (
        EIP + "e = Eip(s, 'e')\nprint(e.eip_id, other.x)  # type: ignore[attr-defined]\n",
        EIP + "e = Eip(s, 'e')\nprint(e.id, other.x)  # type: ignore[attr-defined]\n",
    ),
    "another name": (
        "from cdktf import App\nx = Fn.abs(1)\ny = Fn.abs(z)  # noqa: F821\n",
        "from cdktf import App, Fn\nx = Fn.abs(1)\ny = Fn.abs(z)  # noqa: F821\n",
    ),
    "another value": (
        f"from {AWS}.sqs_queue import SqsQueue\nfrom cdktf import App\nSqsQueue(App(), 'q', delay_seconds='5', name=n)  # type: ignore[arg-type]\n",
        f"from {AWS}.sqs_queue import SqsQueue\nfrom cdktf import App\nSqsQueue(App(), 'q', delay_seconds=5, name=n)  # type: ignore[arg-type]\n",
    ),
    "another statement": (
        EIP + "Eip(s, 'e', vpc=True)\nEip(s, 'f')  # type: ignore[call-arg]\n",
        EIP + "Eip(s, 'e', domain='vpc')\nEip(s, 'f')  # type: ignore[call-arg]\n",
    ),
    "a block": (
        EIP + "def f(s):\n    # pylint: disable=unexpected-keyword-arg\n    Eip(s, 'e', vpc=True)\n",
        EIP + "def f(s):\n    # pylint: disable=unexpected-keyword-arg\n    Eip(s, 'e', domain='vpc')\n",
    ),
    "a block, behind its header": (
        EIP + "with Eip(s, 'e', vpc=True):  # pylint: disable=unexpected-keyword-arg\n    pass\n",
        EIP + "with Eip(s, 'e', domain='vpc'):  # pylint: disable=unexpected-keyword-arg\n    pass\n",
    ),
    "a text": (
        EIP + "Eip(s, '# type: ignore[call-arg]', vpc=True)\n",
        EIP + "Eip(s, '# type: ignore[call-arg]', domain='vpc')\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), GOES.values(), ids=GOES)
def test_goes(before: str, after: str, fix) -> None:
    assert fix(before) == after


@pytest.mark.parametrize(("before", "after"), STAYS.values(), ids=STAYS)
def test_stays(before: str, after: str, fix) -> None:
    assert fix(before) == after


def test_a_stack_under_another_name(run) -> None:
    stack = "from cdktf import TerraformStack\nclass Store(TerraformStack):\n    pass\n"
    test = (
        "from lib.stack import TapStack  # pylint: disable=no-name-in-module\ndef test_it():\n    TapStack(None, 's')\n"
    )
    result = run({"lib/stack.py": stack, "tests/test_it.py": test})
    assert result.files[0].after.startswith("from lib.stack import Store\n")


LB = "from cdktf_cdktf_provider_aws.lb import Lb\nlb = Lb(s, 'lb')\n"


@pytest.mark.parametrize("check", ["# noqa: E501", "# pylint: disable=line-too-long"])
def test_of_a_line_that_a_repair_made_short(check: str, fix) -> None:
    """79 characters are never long; a line of 80 may be."""
    for pad, kept in (("x", ""), ("xx", f"  {check}")):
        line = f"out({pad}{'y' * 52}=lb.{{}}, zzz=111)"
        assert len(line.format("dns_name")) == 78 + len(pad)
        assert (
            fix(LB + line.format("load_balancer_dns_name") + f"  {check}\n")
            == LB + line.format("dns_name") + f"{kept}\n"
        )


LAYOUTS = {
    "CRLF, no last newline": (
        "x = 1\r\nEip(s, 'e', vpc=True)  # type: ignore[call-arg]  # so\r\ny = 1",
        "x = 1\r\nEip(s, 'e', domain='vpc')  # so\r\ny = 1",
    ),
    "the end of the text": ("Eip(s, 'e', vpc=True)  # type: ignore[call-arg]", "Eip(s, 'e', domain='vpc')"),
    "tabs": (
        "def f(s):\n\tEip(\n\t\ts,\n\t\t'e',\n\t\tvpc=True,\t# type: ignore[call-arg]\n\t)\n",
        "def f(s):\n\tEip(\n\t\ts,\n\t\t'e',\n\t\tdomain='vpc',\n\t)\n",
    ),
    "two on a line": (
        "x = Eip(s, 'e', vpc=True); y = Eip(s, 'f', vpc=True)  # type: ignore[call-arg]\n",
        "x = Eip(s, 'e', domain='vpc'); y = Eip(s, 'f', domain='vpc')\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), LAYOUTS.values(), ids=LAYOUTS)
def test_whatever_the_layout(before: str, after: str, schema) -> None:
    from cdktf_codemods import repair

    head = EIP.replace("\n", "\r\n") if "\r" in before else EIP
    (file,) = repair({"main.py": head + before}, schema).files
    assert file.after == head + after


def test_where_the_statement_is_laid_out_anew(fix) -> None:
    line = "Eip(s, '{}', vpc=True, tags={{}}, instance='i-1')  # pyright: ignore[reportCallIssue]  # the old one"
    fixed = fix(EIP + line.format("n" * (124 - len(line))) + "\n")
    assert "ignore" not in fixed
    assert fixed.count("# the old one") == 1
    assert len(fixed.splitlines()) > 2


def test_what_is_silenced_stays_silenced(run) -> None:
    """The comment is obeyed: nothing is repaired there, so nothing becomes pointless."""
    code = "from cdktf import App\nx = Fn.abs(1)  # noqa: F821\n"
    assert run({"main.py": code}).files == []
