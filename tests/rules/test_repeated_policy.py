from __future__ import annotations

import pytest

HEAD = "import json\nfrom cdktf_cdktf_provider_aws.iam_role import IamRole\n"
POLICY = '{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": {{"Service": "{}"}}}}]}}'


def role(service: str, dump: str = "json.dumps({})") -> str:
    return f"IamRole(s, 'r', assume_role_policy={dump.format(POLICY.format(service))})\n"


SHOWN = {
    "the same service": role("ec2.amazonaws.com") * 2,
    "another service": role("ec2.amazonaws.com") + role("ecs.amazonaws.com"),
    "another layout": role("ec2.amazonaws.com")
    + role("ecs.amazonaws.com", "json.dumps(\n    {},\n)").replace("}]}", "},\n]}"),
    "variable": f"p = json.dumps({POLICY.format('ec2.amazonaws.com')})\nIamRole(s, 'a', assume_role_policy=p)\n"
    + role("x.amazonaws.com"),
    "text": role("ec2.amazonaws.com", "'{}'") + role("ecs.amazonaws.com", "'{}'"),
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown_once_with_the_places(code: str, run) -> None:
    result = run(
        {"lib/a.py": HEAD + code, "lib/b.py": HEAD + role("lambda.amazonaws.com"), "main.py": "x = 1"}, select={"L105"}
    )
    assert result.files == []
    if "text" not in code and code.count("'{") == 0:
        (finding,) = result.findings
        assert (finding.path, finding.line, finding.safety) == ("lib/a.py", 3, "shown")
        assert "lib/b.py:3" in finding.message
    assert len(result.findings) == 1


NOOP = {
    "once": role("ec2.amazonaws.com"),
    "one helper": f"def policy(x): return json.dumps({POLICY.format('ec2.amazonaws.com')})\nIamRole(s, 'a', assume_role_policy=policy(1))\nIamRole(s, 'b', assume_role_policy=policy(2))\n",
    "another policy": role("ec2.amazonaws.com") + role("ecs.amazonaws.com").replace("Allow", "Deny"),
    "own class": "class IamRole: pass\n" + role("ec2.amazonaws.com") * 2,
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    assert run({"main.py": HEAD + code}, select={"L105"}).findings == []
