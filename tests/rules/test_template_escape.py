from __future__ import annotations

import pytest

HEAD = """\
import base64
import json
from textwrap import dedent
from cdktf import Fn, TerraformLocal
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate
db = DbInstance(s, 'd')
"""

TRANSFORMED = {
    "shell": ("Instance(s, 'i', user_data='echo ${PORT}')", "Instance(s, 'i', user_data='echo $${PORT}')"),
    "shell's forms": (
        "Instance(s, 'i', user_data='${P:-80} ${#a[@]} ${a[0]} ${n%.txt} ${1} $X $(date)')",
        "Instance(s, 'i', user_data='$${P:-80} $${#a[@]} $${a[0]} $${n%.txt} $${1} $X $(date)')",
    ),
    "JavaScript": (
        "Instance(s, 'i', user_data='`${req.url} ${parseInt(x)} ${process.env.A}`')",
        "Instance(s, 'i', user_data='`$${req.url} $${parseInt(x)} $${process.env.A}`')",
    ),
    "f-string": (
        "Instance(s, 'i', user_data=f'echo ${{PORT}} {db.endpoint}')",
        "Instance(s, 'i', user_data=f'echo $${{PORT}} {db.endpoint}')",
    ),
    "format": (
        "Instance(s, 'i', user_data='echo ${{PORT}} {x}'.format(x=1))",
        "Instance(s, 'i', user_data='echo $${{PORT}} {x}'.format(x=1))",
    ),
    "directive": (
        "Instance(s, 'i', user_data='curl -w %{http_code}')",
        "Instance(s, 'i', user_data='curl -w %%{http_code}')",
    ),
    "variable, dedent and join": (
        "lines = ['a', '${A}']\nscript = dedent('\\n'.join(lines))\nInstance(s, 'i', user_data=script)",
        "lines = ['a', '$${A}']\nscript = dedent('\\n'.join(lines))\nInstance(s, 'i', user_data=script)",
    ),
    "helper in a class": (
        "class A:\n    def f(self):\n        return 'x ${A}'\n    def g(self):\n        Instance(s, 'i', user_data=self.f())",
        "class A:\n    def f(self):\n        return 'x $${A}'\n    def g(self):\n        Instance(s, 'i', user_data=self.f())",
    ),
    "IAM's variables in JSON": (
        "IamPolicy(s, 'p', policy=json.dumps({'Resource': ['arn:${aws:username}']}))",
        "IamPolicy(s, 'p', policy=json.dumps({'Resource': ['arn:$${aws:username}']}))",
    ),
    "Terraform's beside the shell's": (
        "Instance(s, 'i', user_data='${aws_vpc.a.id} ${var.x} ${A} ${join(\",\", var.y)} $${B}')",
        "Instance(s, 'i', user_data='${aws_vpc.a.id} ${var.x} $${A} ${join(\",\", var.y)} $${B}')",
    ),
    "only the directive in a function of cdktf's, which escapes the rest": (
        "LaunchTemplate(s, 't', user_data=Fn.base64encode('${A} %{B}'))",
        "LaunchTemplate(s, 't', user_data=Fn.base64encode('${A} %%{B}'))",
    ),
    "a local value": (
        "LaunchTemplate(s, 't', user_data=Fn.base64encode(TerraformLocal(s, 'l', '${A}').as_string))",
        "LaunchTemplate(s, 't', user_data=Fn.base64encode(TerraformLocal(s, 'l', '$${A}').as_string))",
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(f"{HEAD}{before}\n", select={"T103"}) == f"{HEAD}{after}\n"


@pytest.mark.parametrize("text", ["${1}", "${1:-x}", "${PORT}", "${PORT:-80}", "${a.b.c}", "${true_name}", "${x+1}"])
def test_of_a_shell_or_javascript(text: str, fix) -> None:
    code = f"{HEAD}Instance(s, 'i', user_data='echo {text}')\n"
    assert fix(code, select={"T103"}) == code.replace(text, f"${text}")


NOOP = {
    "Terraform's": "Instance(s, 'i', user_data='${var.a} ${data.aws_ami.x.id} ${path.module} ${each.key}')",
    "Terraform's functions": "Instance(s, 'i', user_data='${base64encode(\"a\")} ${length(var.x)}')",
    "Terraform's directive": "Instance(s, 'i', user_data='%{ if var.a }x%{ endif }')",
    "Terraform's literals": "Instance(s, 'i', user_data='${true ? 1 : 2} ${1 + 1} ${-1} ${null} ${(1)} ${{a = 1}}')",
    "Terraform's loop": "Instance(s, 'i', user_data='%{ for k, v in var.a ~}${k}=${upper(v)}${v.x}%{ endfor ~}')",
    "a provider not listed": "Instance(s, 'i', user_data='${github_repository.site.name} ${provider::x::y(1)}')",
    "escaped": "Instance(s, 'i', user_data='$${A} %%{B}')",
    "encoded by Python": "u = base64.b64encode('${A}'.encode()).decode()\nLaunchTemplate(s, 't', user_data=u)",
    "replaced by Python": "Instance(s, 'i', user_data='${A}'.replace('${A}', 'x'))",
    "a text of Python's": "x = '${A}'\nprint(x)",
    "a docstring": "def f():\n    '''Takes ${A}.'''",
    "an expression of an f-string": "p = 80\nInstance(s, 'i', user_data=f'cost: ${p}')",
    "cdktf's function": "LaunchTemplate(s, 't', user_data=Fn.base64encode('${A}'))",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"T103"})
    assert (result.files, result.findings) == ([], [])


SHOWN = {
    "two readers": "u = '${A}'\nInstance(s, 'i', user_data=u)\nb = base64.b64encode(u.encode()).decode()",
    "a dollar before a token": "Instance(s, 'i', user_data=f'echo ${db.endpoint}')",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"T103"})
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]


def test_both_readers_of_one_script_get_what_they_need(fix) -> None:
    """The instance's text is Terraform's; the template's goes through a local value that is Terraform's too."""
    code = HEAD + (
        "u = f'echo {db.endpoint} ${{HOME}}'\nInstance(s, 'i', user_data=u)\nLaunchTemplate(s, 't', user_data=u)\n"
    )
    after = fix(code, select={"T102", "T103"})
    assert "u = f'echo {db.endpoint} $${{HOME}}'" in after
    assert "user_data=Fn.base64encode(TerraformLocal(s, 't_user_data', u).as_string)" in after
