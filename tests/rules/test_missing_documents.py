from __future__ import annotations

import pytest
from cdktf_codemods import Schema, Settings, repair

MAIN = "from cdktf_cdktf_provider_aws.rds_global_cluster import RdsGlobalCluster\nRdsGlobalCluster(s, 'g')\n"
COMPLETE = {"README.md": b"# Troubleshooting\nTakes 30 minutes.", "lib/IDEAL_RESPONSE.md": b"# Ideal"}

CASES = {
    "nothing": ({}, ["no README", "IDEAL_RESPONSE", "20 to 30 minutes"]),
    "no troubleshooting": (COMPLETE | {"README.md": b"Takes 30 minutes."}, ["troubleshooting"]),
    "no times": (COMPLETE | {"README.md": b"Common errors"}, ["20 to 30 minutes"]),
    "no ideal response": ({"README.md": COMPLETE["README.md"]}, ["IDEAL_RESPONSE"]),
    "complete": (COMPLETE, []),
    "complete, in capitals": (COMPLETE | {"README.md": b"TROUBLESHOOTING, 5 MINUTES"}, []),
}


@pytest.mark.parametrize(("resources", "words"), CASES.values(), ids=CASES)
def test_what_is_missing(resources: dict[str, bytes], words: list[str], schema: Schema) -> None:
    files = {"main.py": MAIN, "lib/other.py": MAIN}
    result = repair(files, schema, Settings(select=frozenset({"K104"})), resources=resources)
    assert result.files == []
    assert len(result.findings) == bool(words)
    for finding in result.findings:
        assert all(word in finding.message for word in words)
        assert finding.message.count(";") == len(words) - 1


def test_off_by_default(schema: Schema) -> None:
    findings = repair({"main.py": MAIN}, schema, Settings(), resources={}).findings
    assert [finding for finding in findings if finding.code == "K104"] == []
    assert repair({"main.py": MAIN}, schema, Settings(select=frozenset({"K104"}))).findings == []
