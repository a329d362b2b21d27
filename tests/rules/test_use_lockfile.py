from __future__ import annotations

import pytest

IMPORT = "from cdktf import S3Backend, TerraformStack\n"

NOOP = {
    "another option": "self.add_override('terraform.backend.s3.encrypt', True)",
    "another backend": "self.add_override('terraform.backend.local.use_lockfile', True)",
    "no override": "self.add_tag('terraform.backend.s3.use_lockfile', True)",
    "own class": "class S3Backend: pass\nS3Backend(self, use_lockfile=True)",
    "a text": "x = 'terraform.backend.s3.use_lockfile'",
}

TRANSFORMED = {
    "override": (
        "x = 1\nself.add_override('terraform.backend.s3.use_lockfile', True)\ny = 2",
        "x = 1\ny = 2",
    ),
    "path in a variable": (
        "p = 'terraform.backend.s3.use_lockfile'\nstack.add_override(p, True)\n",
        "p = 'terraform.backend.s3.use_lockfile'\n",
    ),
    "comments stay": (
        "# lock\nself.add_override('terraform.backend.s3.use_lockfile', True)  # always\nx = 1",
        "# lock\n# always\nx = 1",
    ),
    "only statement": (
        "if x:\n    self.add_override('terraform.backend.s3.use_lockfile', True)\n",
        "if x:\n    pass\n",
    ),
    "semicolons": (
        "a = 1; self.add_override('terraform.backend.s3.use_lockfile', True); b = 2\n",
        "a = 1; b = 2\n",
    ),
    "dict": (
        "self.add_override('terraform.backend.s3', {'use_lockfile': True, 'encrypt': True})",
        "self.add_override('terraform.backend.s3', {'encrypt': True})",
    ),
    "deep dict": (
        "self.add_override('terraform.backend', {'s3': {'encrypt': True, 'use_lockfile': True}})",
        "self.add_override('terraform.backend', {'s3': {'encrypt': True}})",
    ),
    "keyword": (
        "S3Backend(self, bucket='b', key='k', use_lockfile=True)",
        "S3Backend(self, bucket='b', key='k')",
    ),
    "the backend's own override": (
        "b = S3Backend(self, bucket='b', key='k')\nb.add_override('use_lockfile', True)\n",
        "b = S3Backend(self, bucket='b', key='k')\n",
    ),
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    assert run({"main.py": IMPORT + code}, select={"B101"}).files == []


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(IMPORT + before, select={"B101"}) == IMPORT + after


def test_terraform_1_10_keeps_the_override_and_turns_the_keyword_into_it(fix) -> None:
    code = IMPORT + "S3Backend(self, bucket='b', use_lockfile=True, key='k')\n"
    kept = "self.add_override('terraform.backend.s3.use_lockfile', True)\n"
    assert fix(code, select={"B101"}, terraform="1.10.5") == (IMPORT + "S3Backend(self, bucket='b', key='k')\n" + kept)
    assert fix(IMPORT + kept, select={"B101"}, terraform="~> 1.11") == IMPORT + kept
    assert fix(IMPORT + kept, select={"B101"}, terraform="1.9.8") == IMPORT


def test_a_required_version_in_the_code_counts(fix) -> None:
    code = (
        IMPORT + "self.add_override('terraform.required_version', '>= 1.10')\n"
        "self.add_override('terraform.backend.s3.use_lockfile', True)\n"
    )
    assert fix(code, select={"B101"}) == code


@pytest.mark.parametrize(("extra", "says"), [("", True), (", dynamodb_table='locks'", False)])
def test_the_finding_says_whether_the_state_is_locked(run, extra: str, says: bool) -> None:
    code = IMPORT + f"S3Backend(self, bucket='b', key='k'{extra}, use_lockfile=True)\n"
    (finding,) = run({"main.py": code}, select={"B101"}).findings
    assert ("nothing else locks the state" in finding.message) is says
