"""A fixed sample of the whole provider: broken in each way, repaired, and put before the real package."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods import Schema, repair
from cdktf_codemods.oracle import Oracle

from tests.whole_provider import (
    OPERATORS,
    SETTINGS,
    UNDETERMINED,
    Call,
    imports_of,
    made_up,
    module_code,
    score,
    valid_calls,
)

PACKAGE = "cdktf_cdktf_provider_aws"
SAMPLE = 40
"""Each 40th module: 54 of them."""

RUN = """
from cdktf import App, TerraformStack
app = App()
wrong = []
for name, case in [(name, case) for name, case in list(globals().items()) if name.startswith("case_")]:
    try:
        case(TerraformStack(app, name))
    except Exception as error:
        if {accepted}:
            wrong.append(f"{{name}}: {{error}}"[:300])
    else:
        if not {accepted}:
            wrong.append(f"{{name}}: accepted")
if wrong:
    raise SystemExit("; ".join(wrong))
done = App()
TerraformStack(done, "done")
done.synth()
"""


def test_by_operator(schema: Schema) -> None:
    scores = score(schema, PACKAGE, SAMPLE)
    valid = scores.pop("valid")
    assert valid.repaired == valid.total > 200, valid.failures
    for name, each in scores.items():
        if name in UNDETERMINED:
            continue
        assert each.repaired >= 0.99 * each.total > 0, f"{name}: {each.repaired} of {each.total}: {each.failures}"


def test_what_more_than_one_repair_may_mean(schema: Schema) -> None:
    """Few constructs have it, so each second module is looked at."""
    for name, each in score(schema, PACKAGE, 2, only=UNDETERMINED).items():
        assert each.repaired + each.shown == each.total > 0, f"{name}: {each.failures}"


@pytest.mark.parametrize(
    "operator", [name for name in OPERATORS if not name.startswith("dict in") and name not in UNDETERMINED]
)
def test_before_the_real_package(operator: str, schema: Schema, oracle: Oracle, tmp_path: Path) -> None:
    """What the operator breaks is refused, what the repair makes of it is accepted, with nothing dropped."""
    broken: list[Call] = []
    for _, calls in valid_calls(schema, PACKAGE, SAMPLE):
        for call in calls:
            if call.made.kind in ("resource", "data source"):
                pairs = list(OPERATORS[operator](call))
                broken += [each[0] if isinstance(each, tuple) else each for each in pairs[:2]]
    broken = broken[:60]
    assert broken
    # What never was cannot be imported, which would refuse the whole file: each is a class of nothing instead.
    before = module_code(broken, "direct", imports_of(broken))
    stand_ins = "".join(f"class {name}:\n    def __init__(self, **given): pass\n" for _, name in made_up(broken))
    (tmp_path / "main.py").write_text(stand_ins + before + RUN.format(accepted="False"), encoding="utf-8")
    assert oracle.synthesize(tmp_path).error is None

    text = module_code(broken, "direct", imports_of(broken) | made_up(broken))
    repaired = repair({"main.py": text}, schema, SETTINGS)
    assert [finding for finding in repaired.findings if not finding.fixed] == []
    (tmp_path / "main.py").write_text(repaired.files[0].after + RUN.format(accepted="True"), encoding="utf-8")
    after = oracle.synthesize(tmp_path)
    assert after.error is None
    assert after.dropped == ()
