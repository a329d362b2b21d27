from __future__ import annotations

from textwrap import dedent

import pytest
from cdktf_codemods import Schema
from cdktf_codemods.schema.types import ListOf, Named

IMPORT = """\
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfigurationRule as Rule,
    S3BucketLifecycleConfigurationRuleExpiration as Expiration,
)
"""

NOOP = {
    "right": "Rule(id='a', status='Enabled', expiration=[Expiration(days=1)])",
    "variable list": "e = [Expiration(days=1)]\nRule(id='a', status='Enabled', expiration=e)",
    "unknown": "Rule(id='a', status='Enabled', expiration=anything())",
    "own classes": "class Rule: pass\nRule(expiration=Expiration(days=1))",
}

TRANSFORMED = {
    "literal": ("Rule(expiration=Expiration(days=1))", "Rule(expiration=[Expiration(days=1)])"),
    "variable": ("e = Expiration(days=1)\nRule(expiration=e)", "e = Expiration(days=1)\nRule(expiration=[e])"),
    "attribute": (
        "class S:\n    def __init__(self):\n        self.e = Expiration(days=1)\n        Rule(expiration=self.e)",
        "class S:\n    def __init__(self):\n        self.e = Expiration(days=1)\n        Rule(expiration=[self.e])",
    ),
    "annotated parameter": (
        "def f(e: Expiration):\n    Rule(expiration=e)",
        "def f(e: Expiration):\n    Rule(expiration=[e])",
    ),
    "helper": (
        "def f():\n    return Expiration(days=1)\nRule(expiration=f())",
        "def f():\n    return Expiration(days=1)\nRule(expiration=[f()])",
    ),
    "conditional": (
        "Rule(expiration=Expiration(days=1) if x else Expiration(days=2))",
        "Rule(expiration=[Expiration(days=1) if x else Expiration(days=2)])",
    ),
    "comment inside": (
        "Rule(expiration=Expiration(  # soon\n    days=1\n))",
        "Rule(expiration=[Expiration(  # soon\n    days=1\n)])",
    ),
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    assert run({"main.py": IMPORT + code}, select={"A102"}).files == []


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(IMPORT + before, select={"A102"}) == IMPORT + after


def test_another_file_s_helper(run) -> None:
    result = run(
        {
            "lib/rules.py": IMPORT + "def soon():\n    return Expiration(days=1)\n",
            "main.py": IMPORT + "from lib.rules import soon\nRule(expiration=soon())\n",
        },
        select={"A102"},
    )
    assert [(file.path, file.after.splitlines()[-1]) for file in result.files] == [
        ("main.py", "Rule(expiration=[soon()])")
    ]


def test_every_block_list_of_every_construct(schema: Schema, fix) -> None:
    """Not the one parameter of the document: each list of structs in a sample of a hundred modules."""
    package = "cdktf_cdktf_provider_aws"
    lines, expected = [], []
    for module in sorted(schema.snapshots[package].index)[::9]:
        for described in (schema.module(module) or {}).values():
            if not described.is_construct:
                continue
            for name, parameter in described.arguments.items():
                structs = [
                    option.element.name
                    for option in parameter.type.options
                    if isinstance(option, ListOf) and isinstance(option.element, Named)
                ]
                if structs and structs[0].startswith(module):
                    lines.append(f"{described.name}(self, 'x', {name}={structs[0]}())")
                    expected.append(f"{described.name}(self, 'x', {name}=[{structs[0]}()])")
    assert len(lines) > 50
    modules = "".join(f"import {line.partition('(')[0].rpartition('.')[0]}\n" for line in lines)
    from cdktf_codemods.layout import Layout

    fixed = fix(dedent(modules) + "\n".join(lines), select={"A102"}, layout=Layout(1000))
    assert fixed == dedent(modules) + "\n".join(expected)
