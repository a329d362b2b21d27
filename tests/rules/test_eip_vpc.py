from __future__ import annotations

from textwrap import dedent

import pytest
from cdktf_codemods import Schema, Settings, repair
from cdktf_codemods.schema.versions import asked, choose

IMPORT = "from cdktf_cdktf_provider_aws.eip import Eip\n"

NOOP = {
    "right": IMPORT + "Eip(self, 'e', domain='vpc')",
    "own class": "class Eip:\n    pass\nEip(self, 'e', vpc=True)",
    "other package": "from troposphere import Eip\nEip(self, 'e', vpc=True)",
    "another construct's vpc": (
        "from cdktf_cdktf_provider_aws.lambda_function import LambdaFunctionVpcConfig as C\nC(vpc=True)"
    ),
    "a value that is no argument": IMPORT + "vpc = Eip(self, 'e')",
}

TRANSFORMED = {
    "literal": ("Eip(self, 'e', vpc=True)", "Eip(self, 'e', domain='vpc')"),
    "double quotes": ('Eip(self, "e", vpc=True, tags={"a": "b"})', 'Eip(self, "e", domain="vpc", tags={"a": "b"})'),
    "string": ("Eip(self, 'e', vpc='true')", "Eip(self, 'e', domain='vpc')"),
    "false": ("Eip(self, 'e', vpc=False)", "Eip(self, 'e')"),
    "false in the middle": ("Eip(self, 'e', vpc=False, tags=t)", "Eip(self, 'e', tags=t)"),
    "none": ("Eip(self, 'e', vpc=None, tags=t)", "Eip(self, 'e', tags=t)"),
    "beside domain": ("Eip(self, 'e', domain='vpc', vpc=True)", "Eip(self, 'e', domain='vpc')"),
    "expression": ("Eip(self, 'e', vpc=inside)", "Eip(self, 'e', domain='vpc' if inside else None)"),
    "unpacked": ("Eip(self, 'e', **{'vpc': True, 'tags': t})", "Eip(self, 'e', **{'domain': 'vpc', 'tags': t})"),
    "unpacked variable": (
        "o = dict(vpc=True, tags=t)\nEip(self, 'e', **o)",
        "o = dict(domain='vpc', tags=t)\nEip(self, 'e', **o)",
    ),
    "multiline with comments": (
        "Eip(\n    self,\n    'e',  # the id\n    # old way\n    vpc=False,  # not inside\n    tags=t,\n)",
        "Eip(\n    self,\n    'e',  # the id\n    # old way\n    # not inside\n    tags=t,\n)",
    ),
    "last of many lines": (
        "Eip(self, 'e',\n    tags=t,\n    vpc=False)",
        "Eip(self, 'e',\n    tags=t)",
    ),
    "spaces around": ("Eip( self, 'e', vpc = True )", "Eip( self, 'e', domain = 'vpc' )"),
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": code}, select={"A101"})
    assert (result.files, result.findings) == ([], [])


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(IMPORT + before, select={"A101"}) == IMPORT + after


def test_options_of_another_file_are_changed_and_shown_there(run) -> None:
    files = {
        "main.py": IMPORT + "import settings\nfrom settings import OPTIONS, more\n"
        "Eip(self, 'e', **OPTIONS)\nEip(self, 'f', **more())\nEip(self, 'g', **settings.OTHER)\n",
        "settings.py": "OPTIONS = {'tags': t, 'vpc': True}\nOTHER = {'vpc': inside}\n\n"
        "def more():\n    return dict(vpc=False, tags=t)\n",
    }
    result = run(files, select={"A101"})
    assert [(each.path, each.line, each.column) for each in result.findings] == [
        ("settings.py", 1, 23),
        ("settings.py", 2, 10),
        ("settings.py", 5, 17),
    ]
    (changed,) = result.files
    assert changed.after == (
        "OPTIONS = {'tags': t, 'domain': 'vpc'}\nOTHER = {'domain': 'vpc' if inside else None}\n\n"
        "def more():\n    return dict(tags=t)\n"
    )


def test_a_version_that_has_the_argument_keeps_it() -> None:
    schema = Schema(choose([asked("aws@20.1.0")])[0])
    code = dedent(IMPORT + "Eip(self, 'e', vpc=True)")
    assert repair({"main.py": code}, schema, Settings()).files == []
