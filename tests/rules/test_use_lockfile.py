from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.documents.project_settings import terraform_version
from cdktf_codemods.syntax.constraints import reaches

IMPORT = "from cdktf import S3Backend, TerraformElement, TerraformStack\n"
OVERRIDE = "self.add_override('terraform.backend.s3.use_lockfile', True)"
OLD = {"select": {"B101"}, "terraform": "1.9.8"}
NEW = {"select": {"B101"}, "terraform": "1.10.5"}


def method(body: str, base: str = "TerraformStack") -> str:
    lines = "".join(f"        {line}\n" if line else "\n" for line in body.rstrip("\n").split("\n"))
    return f"{IMPORT}class Stack({base}):\n    def build(self, x):\n{lines}"


NOOP = {
    "another option": method("self.add_override('terraform.backend.s3.encrypt', True)"),
    "another backend": method("self.add_override('terraform.backend.local.use_lockfile', True)"),
    "no override": method("self.add_tag('terraform.backend.s3.use_lockfile', True)"),
    "own class": "class S3Backend: pass\nS3Backend(self, use_lockfile=True)",
    "a stranger's override": "class Doc:\n    def add_override(self, path, value): ...\n\nDoc().add_override('terraform.backend.s3.use_lockfile', True)",
    "a stranger's own override": f"class Doc:\n    def build(self):\n        {OVERRIDE}\n",
    "a text": "x = 'terraform.backend.s3.use_lockfile'",
}

TRANSFORMED = {
    "override": (method(f"x = 1\n{OVERRIDE}\ny = 2"), method("x = 1\ny = 2")),
    "path in a variable": (
        IMPORT + "p = 'terraform.backend.s3.use_lockfile'\ndef f(stack: TerraformStack):\n    print()\n    stack.add_override(p, True)\n",
        IMPORT + "p = 'terraform.backend.s3.use_lockfile'\ndef f(stack: TerraformStack):\n    print()\n",
    ),
    "any element": (method(f"x = 1\n{OVERRIDE}", "TerraformElement"), method("x = 1", "TerraformElement")),
    "with the comment directly over it": (
        method(f"# tags\n\n# lock\n# natively\n{OVERRIDE}  # always\nx = 1"),
        method("# tags\n\nx = 1"),
    ),
    "with the blank lines over the comment": (
        method(f"y = 1\n\n# lock\n{OVERRIDE}\n\n# the rest\nx = 1"),
        method("y = 1\n\n# the rest\nx = 1"),
    ),
    "a comment over two overrides stays": (
        method(f"# overrides\n{OVERRIDE}\nself.add_override('terraform.backend.s3.encrypt', True)"),
        method("# overrides\nself.add_override('terraform.backend.s3.encrypt', True)"),
    ),
    "only statement": (method(f"if x:\n    {OVERRIDE}"), method("if x:\n    pass")),
    "semicolons": (method(f"a = 1; {OVERRIDE}; b = 2"), method("a = 1; b = 2")),
    "dict": (
        method("self.add_override('terraform.backend.s3', {'use_lockfile': True, 'encrypt': True})"),
        method("self.add_override('terraform.backend.s3', {'encrypt': True})"),
    ),
    "deep dict": (
        method("self.add_override('terraform.backend', {'s3': {'encrypt': True, 'use_lockfile': True}})"),
        method("self.add_override('terraform.backend', {'s3': {'encrypt': True}})"),
    ),
    "keyword": (
        method("S3Backend(self, bucket='b', key='k', use_lockfile=True)"),
        method("S3Backend(self, bucket='b', key='k')"),
    ),
    "the backend's own override": (
        method("b = S3Backend(self, bucket='b', key='k')\nb.add_override('use_lockfile', True)"),
        method("b = S3Backend(self, bucket='b', key='k')"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": code}, **OLD)
    assert (result.files, result.findings) == ([], [])


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix, run) -> None:
    assert fix(before, **OLD) == after
    undeclared = run({"main.py": before}, select={"B101"})
    assert undeclared.files == []
    assert {finding.safety for finding in undeclared.findings} == {"unsafe"}
    assert all("`.terraform-version`" in finding.message for finding in undeclared.findings)
    assert fix(before, select={"B101"}, unsafe=True) == after


@pytest.mark.parametrize("body", [OVERRIDE, "self.add_override('terraform.backend', {'s3': {'use_lockfile': True}})"])
def test_terraform_1_10_keeps_the_override(body: str, run) -> None:
    result = run({"main.py": method(body)}, **NEW, unsafe=True)
    assert (result.files, result.findings) == ([], [])


KEYWORD = {
    "statement": (
        method("S3Backend(self, bucket='b', use_lockfile=True, key='k')"),
        method(f"S3Backend(self, bucket='b', key='k')\n{OVERRIDE}"),
    ),
    "returned": (
        method("return S3Backend(self, bucket='b', key='k', use_lockfile=True)"),
        method(f"{OVERRIDE}\nreturn S3Backend(self, bucket='b', key='k')"),
    ),
    "off": (
        method("S3Backend(self, bucket='b', key='k', use_lockfile=False)"),
        method("S3Backend(self, bucket='b', key='k')\n" + OVERRIDE.replace("True", "False")),
    ),
    "in a construct, which has no overrides": (
        "from constructs import Construct\nfrom cdktf import S3Backend, TerraformStack\nclass C(Construct):\n    def build(self):\n        S3Backend(self, bucket='b', key='k', use_lockfile=True)\n",
        "from constructs import Construct\nfrom cdktf import S3Backend, TerraformStack\nclass C(Construct):\n    def build(self):\n        S3Backend(self, bucket='b', key='k')\n        TerraformStack.of(self).add_override('terraform.backend.s3.use_lockfile', True)\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), KEYWORD.values(), ids=KEYWORD)
def test_terraform_1_10_turns_the_keyword_into_the_override(before: str, after: str, fix) -> None:
    assert fix(before, **NEW) == after


def test_what_is_overridden_may_not_be_known(run) -> None:
    result = run(
        {"main.py": "def f(stack):\n    stack.add_override('terraform.backend.s3.use_lockfile', True)\n"}, **OLD
    )
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]


def test_a_required_version_in_the_code_counts(run, fix) -> None:
    code = method(f"print()\nself.add_override('terraform.required_version', '>= 1.10')\n{OVERRIDE}")
    assert fix(code, select={"B101"}, unsafe=True) == code
    older = code.replace(">= 1.10", "~> 1.9.0")
    assert OVERRIDE not in fix(older, select={"B101"})


@pytest.mark.parametrize(("extra", "says"), [("", True), (", dynamodb_table='locks'", False)])
def test_the_finding_says_whether_the_state_is_locked(run, extra: str, says: bool) -> None:
    code = method(f"S3Backend(self, bucket='b', key='k'{extra}, use_lockfile=True)")
    (finding,) = run({"main.py": code}, **OLD).findings
    assert ("nothing else locks the state" in finding.message) is says


CONSTRAINTS = {
    "1.9.8": False,
    "v1.10.0": True,
    "1.11": True,
    "1.9": False,
    "= 1.9.8": False,
    ">= 1.0": None,
    ">= 1.10": True,
    ">= 1.10.0, < 2.0.0": True,
    "< 1.10": False,
    "<= 1.9.8": False,
    "~> 1.11": True,
    "~> 1.9": None,
    "~> 1.9.0": False,
    "1.9.*": False,
    "1.1.x": False,
    "^1.9": None,
    "latest": True,
    ">= 1.5, 1.11.4": True,
    "1.9.8, 1.11.4": None,
    "": None,
}


@pytest.mark.parametrize(("constraint", "expected"), CONSTRAINTS.items())
def test_constraints(constraint: str, expected: bool | None) -> None:
    assert reaches(constraint, (1, 10)) is expected


DECLARED = {
    "setting": ("pyproject.toml", '[tool.cdktf-fix]\nterraform = "1.11"\n', "1.11"),
    "tfenv": (".terraform-version", "1.11.4\n", "1.11.4"),
    "asdf": (".tool-versions", "nodejs 20.1.0\nterraform 1.11.4\n", "1.11.4"),
    "mise": ("mise.toml", '[tools]\nterraform = "1.11"\n', "1.11"),
    "hidden mise": (".mise.toml", '[tools]\nterraform = { version = "1.11" }\n', "1.11"),
    "Terraform": ("versions.tf", 'terraform {\n  required_version = ">= 1.10"\n}\n', ">= 1.10"),
    "image": ("Dockerfile", "FROM hashicorp/terraform:1.11 AS tf\n", "1.11"),
    "argument": ("Dockerfile", "ARG TERRAFORM_VERSION=1.11.4\n", "1.11.4"),
    "environment": ("Dockerfile", 'ENV TF_VERSION "1.11.4"\n', "1.11.4"),
    "GitHub": (".github/workflows/ci.yml", "    with:\n      terraform_version: '~1.11.0'\n", "~1.11.0"),
    "GitLab": (".gitlab-ci.yml", "image: hashicorp/terraform:1.11.4\n", "1.11.4"),
    "script": (
        "scripts/setup.sh",
        "curl -O https://releases.hashicorp.com/terraform/1.11.4/terraform_1.11.4_linux_amd64.zip\n",
        "1.11.4",
    ),
    "Jenkins": ("Jenkinsfile", "sh 'tfenv install 1.11.4'\n", "1.11.4"),
    "services": ("docker-compose.yml", "    image: hashicorp/terraform:1.11.4\n", "1.11.4"),
    "no version": ("Dockerfile", "RUN pip install terraform-compliance==1.3.0 && terraform_docs 1.2\n", None),
    "a provider's": ("setup.sh", "unzip terraform-provider-aws_5.100.0_linux_amd64.zip\n", None),
}


@pytest.mark.parametrize(("path", "text", "expected"), DECLARED.values(), ids=DECLARED)
@pytest.mark.parametrize("below", ["", "apps/one"])
def test_declared(path: str, text: str, expected: str | None, below: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(text)
    (tmp_path / below).mkdir(parents=True, exist_ok=True)
    assert terraform_version(tmp_path / below) == expected


def test_the_nearest_file_of_a_kind_counts_and_none_beyond_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".terraform-version").write_text("1.5.0")
    project = tmp_path / "repository" / "project"
    project.mkdir(parents=True)
    assert terraform_version(project) is None
    (project.parent / ".git").mkdir()
    (project.parent / ".terraform-version").write_text("1.9.8")
    (project / ".terraform-version").write_text("1.11.4")
    assert terraform_version(project) == "1.11.4"


def test_what_is_farther_up_counts_where_it_agrees(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "Dockerfile").write_text("FROM hashicorp/terraform:1.11.4\n")
    (project / ".terraform-version").write_text("1.9.8")
    assert terraform_version(project) == "1.9.8"
    (project / ".terraform-version").write_text("latest:^1.11")
    assert terraform_version(project) == "latest:^1.11, 1.11.4"


@pytest.mark.parametrize(
    ("terraform", "said"),
    [
        (None, "declares none"),
        (">= 1.5", "declares `>= 1.5`, which allows an older one too"),
        ("1.5.7, 1.11.0", "declares `1.5.7, 1.11.0`, which contradicts itself"),
    ],
)
def test_the_finding_says_what_is_declared(terraform: str | None, said: str, run) -> None:
    (finding,) = run({"main.py": method(f"print()\n{OVERRIDE}")}, select={"B101"}, terraform=terraform).findings
    assert said in finding.message
    assert 'or `terraform = "1.11"` in [tool.cdktf-fix]' in finding.message


def test_the_keyword_is_said_once(run) -> None:
    code = method("S3Backend(self, bucket='b', key='k', use_lockfile=True)")
    assert [each.code for each in run({"main.py": code}).findings] == ["B101"]
