from __future__ import annotations

import pytest

HEAD = """\
import base64
from textwrap import dedent
from cdktf import Fn, TerraformLocal
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate as Template
db = DbInstance(s, 'd')
"""
PYTHON = "base64.b64encode({}.encode('utf-8')).decode('utf-8')"

TRANSFORMED = {
    "literal": (
        "Template(s, 't', user_data='#!/bin/bash')",
        f"Template(s, 't', user_data={PYTHON.format(repr('#!/bin/bash'))})",
    ),
    "variable": (
        "u = 'echo a'\nTemplate(s, 't', user_data=u)",
        f"u = 'echo a'\nTemplate(s, 't', user_data={PYTHON.format('u')})",
    ),
    "dedent": (
        "Template(s, 't', user_data=dedent('echo a'))",
        "Template(s, 't', user_data=" + PYTHON.format("dedent('echo a')") + ")",
    ),
    "f-string of constants": (
        "port = 80\nTemplate(s, 't', user_data=f'echo {port}')",
        "port = 80\nTemplate(s, 't', user_data=" + PYTHON.format("f'echo {port}'") + ")",
    ),
    "joined": (
        "lines = ['a']\nlines.append('b')\nu = '\\n'.join(lines)\nTemplate(s, 't', user_data=u)",
        "lines = ['a']\nlines.append('b')\nu = '\\n'.join(lines)\nTemplate(s, 't', user_data="
        + PYTHON.format("u")
        + ")",
    ),
    "sum": (
        "Template(s, 't', user_data='a' + 'b')",
        "Template(s, 't', user_data=" + PYTHON.format("('a' + 'b')") + ")",
    ),
    "helper": (
        "def script(): return 'echo a'\nTemplate(s, 't', user_data=script())",
        "def script(): return 'echo a'\nTemplate(s, 't', user_data=" + PYTHON.format("script()") + ")",
    ),
    "read from a file": (
        "Template(s, 't', user_data=open('x.sh').read())",
        "Template(s, 't', user_data=" + PYTHON.format("open('x.sh').read()") + ")",
    ),
    "one branch": (
        "Template(s, 't', user_data='a' if x else None)",
        "Template(s, 't', user_data=" + PYTHON.format("'a'") + " if x else None)",
    ),
    "None by default": (
        "u = None\nif x: u = 'a'\nTemplate(s, 't', user_data=u)",
        "u = None\nif x: u = 'a'\nTemplate(s, 't', user_data=" + PYTHON.format("u") + " if u else None)",
    ),
    "a token": (
        "Template(s, 't', user_data=f'echo {db.endpoint}')",
        "Template(s, 't', user_data=Fn.base64encode(f'echo {db.endpoint}'))",
    ),
    "a token through a helper": (
        "def script(host): return f'echo {host}'\nTemplate(s, 't', user_data=script(db.address))",
        "def script(host): return f'echo {host}'\nTemplate(s, 't', user_data=Fn.base64encode(script(db.address)))",
    ),
    "a token and quotes": (
        "Template(s, 't', user_data=f'echo \"{db.endpoint}\"')",
        "Template(s, 't', user_data=Fn.base64encode(TerraformLocal(s, 't_user_data', f'echo \"{db.endpoint}\"').as_string))",
    ),
    "Terraform's own expression": (
        "Template(s, 't', user_data='echo ${aws_vpc.main.id}')",
        "Template(s, 't', user_data=Fn.base64encode(TerraformLocal(s, 't_user_data', 'echo ${aws_vpc.main.id}').as_string))",
    ),
    "unpacked": (
        "o = {'user_data': 'a'}\nTemplate(s, 't', **o)",
        "o = {'user_data': " + PYTHON.format("'a'") + "}\nTemplate(s, 't', **o)",
    ),
    "quotes that cdktf refuses": (
        "Fn.abs(1)\nTemplate(s, 't', user_data=Fn.base64encode('echo \"a\"'))",
        "Fn.abs(1)\nTemplate(s, 't', user_data=" + PYTHON.format("'echo \"a\"'") + ")",
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    # The order of the repairs that follow a new local value is T103's affair.
    assert fix(f"{HEAD}{before}\n", select={"T102"}).replace("(\n    ", "(").replace("\n)", ")") == f"{HEAD}{after}\n"


NOOP = {
    "encoded": "u = base64.b64encode(b'a').decode()\nTemplate(s, 't', user_data=u)",
    "encoded in steps": "u = 'a'\ne = base64.b64encode(u.encode('utf-8'))\nTemplate(s, 't', user_data=e.decode('utf-8'))",
    "encoded by Terraform": "Template(s, 't', user_data=Fn.base64encode(f'echo {db.endpoint}'))",
    "encoded by Terraform, quotes of its literal": "Template(s, 't', user_data=Fn.base64encode(f'echo \\'{db.endpoint}\\'\\techo'))",
    "encoded by Terraform, a quote of its code": "Template(s, 't', user_data=Fn.base64encode('echo \\'a\\' ' + db.endpoint))",
    "a file encoded by Terraform": "Template(s, 't', user_data=Fn.filebase64('x.sh'))",
    "base64 as it stands": "Template(s, 't', user_data='IyEvYmluL2Jhc2gKZWNobyBoZWxsbwo=')",
    "an instance takes plain text": "Instance(s, 'i', user_data='#!/bin/bash')",
    "nothing": "Template(s, 't', user_data=None)",
    "own class": "class LaunchTemplate: pass\nLaunchTemplate(s, 't', user_data='a')",
    "a parameter that nobody gives": "def f(u): Template(s, 't', user_data=u)",
    "an attribute": "Template(s, 't', user_data=other.rendered)",
    "made a text by str": "Template(s, 't', user_data=str(base64.b64encode(b'a'), 'ascii'))",
    "made a text by Token": "from cdktf import Token\nTemplate(s, 't', user_data=Token.as_string(Fn.base64encode('a')))",
    "the whole of an f-string": "e = base64.b64encode(b'a').decode()\nTemplate(s, 't', user_data=f'{e}')",
    "a text that may be base64": "def f(u): Template(s, 't', user_data=str(u))",
    "an expression that encodes": "Template(s, 't', user_data='${base64encode(var.script)}')",
    "an expression that may be base64": "Template(s, 't', user_data='${var.user_data}')",
    "a file of base64": "Template(s, 't', user_data=open('boot.b64').read().strip())",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"T102"})
    assert (result.files, result.findings) == ([], [])


def test_encoded_in_one_place_only_is_shown(run) -> None:
    code = (
        HEAD + "u = 'a' * 3 if x else 'b'\nif y: u = base64.b64encode(b'a').decode()\nTemplate(s, 't', user_data=u)\n"
    )
    result = run({"main.py": code}, select={"T102"})
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]
