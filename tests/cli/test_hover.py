"""What the language server says of the thing under the cursor: that of the schema, however the code names it."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pygls")

from cdktf_fix.server.analysis import Document, NotAnalysedError, pointed
from cdktf_fix.server.hover import described

CODE = """\
import cdktf_cdktf_provider_aws.lb_target_group as tg
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup as Group, LbTargetGroupHealthCheck
from cdktf_cdktf_provider_aws.route_table import RouteTable
one = Group(self, "x", port=80, protocol="HTTP", health_check=LbTargetGroupHealthCheck(matcher="200"))
two = tg.LbTargetGroup(self, "y", health_check={"path": "/"}, tags={"a": one.arn})
RouteTable(self, "z", vpc_id=given, route=[{"cidr_block": "0.0.0.0/0"}], nonsense=1)
"""


def said(before: str, after: str, code: str = CODE) -> str | None:
    """What is said with the cursor between two pieces of the code."""
    found = pointed(Document(Path("/nowhere/main.py"), code, 1), {}, code.index(before + after) + len(before))
    return described(found[0]) if found is not None else None


@pytest.mark.parametrize(
    ("before", "after", "first", "rest"),
    [
        ("po", "rt=80", "LbTargetGroup.port: number", "optional argument of hashicorp/aws 6.11.0"),
        ("port", "=80", "LbTargetGroup.port: number", "at least 1, at most 65535"),
        ("port=8", "0", "LbTargetGroup.port: number", "at least 1, at most 65535"),
        ("protocol=", '"HTTP"', "LbTargetGroup.protocol: string", "one of `HTTP`, `HTTPS`, `TCP`"),
        ("health", "_check=Lb", "LbTargetGroup.health_check: LbTargetGroupHealthCheck", "- `matcher`: string"),
        ("=LbTarget", "GroupHealthCheck(", "struct LbTargetGroupHealthCheck", "- `matcher`: string"),
        ("as Gr", "oup,", "resource LbTargetGroup", "- `vpc_id`: string"),
        ("= ", "Group(", "resource LbTargetGroup", "- `vpc_id`: string"),
        ("tg.Lb", "TargetGroup(", "resource LbTargetGroup", "- `vpc_id`: string"),
        ('"pa', 'th"', "LbTargetGroupHealthCheck.path: string", "optional field of hashicorp/aws 6.11.0"),
        ('": "', '/"', "LbTargetGroupHealthCheck.path: string", "optional field of hashicorp/aws 6.11.0"),
        ("one.a", "rn}", "LbTargetGroup.arn: string", "attribute of hashicorp/aws 6.11.0"),
        ("import RouteTab", "le\n", "resource RouteTable", "- `vpc_id`: string (required)"),
        ("=giv", "en", "RouteTable.vpc_id: string", "required argument of hashicorp/aws 6.11.0"),
        ('"cidr', "_block", "RouteTableRoute.cidr_block: string", "optional field of hashicorp/aws 6.11.0"),
    ],
)
def test_what_is_under_the_cursor(before: str, after: str, first: str, rest: str) -> None:
    found = said(before, after)
    assert found is not None
    assert found.startswith(f"```python\n{first}\n```\n\n")
    assert rest in found


@pytest.mark.parametrize(
    ("before", "after"), [("se", "lf"), ("non", "sense"), ('{"', 'a"'), ("on", "e ="), ("\n", "two")]
)
def test_nothing_is_said_of_what_is_not_known(before: str, after: str) -> None:
    assert said(before, after) is None


def test_a_text_that_does_not_parse_or_is_too_long() -> None:
    assert said("po", "rt=80", CODE + "(") is None
    with pytest.raises(NotAnalysedError, match="more than 20000 lines"):
        said("po", "rt=80", CODE + "\n" * 20_001)
