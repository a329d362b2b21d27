from __future__ import annotations

import pytest

HEAD = """\
from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate
from cdktf_cdktf_provider_aws.eks_cluster import EksCluster
def f(certificate: AcmCertificate, cluster: EksCluster, i: int, key: str, unknown):
    return """

TRANSFORMED = {
    "first": (
        "certificate.domain_validation_options('0').resource_record_name",
        "certificate.domain_validation_options.get(0).resource_record_name",
    ),
    "another": ('certificate.domain_validation_options("12")', "certificate.domain_validation_options.get(12)"),
    "a number as text": (
        "certificate.domain_validation_options(str(i))",
        "certificate.domain_validation_options.get(i)",
    ),
    "a number": ("certificate.domain_validation_options(i)", "certificate.domain_validation_options.get(i)"),
    "a text": ("certificate.domain_validation_options(key)", "certificate.domain_validation_options.get(int(key))"),
    "two of them": ("cluster.identity('0').oidc('0').issuer", "cluster.identity.get(0).oidc.get(0).issuer"),
    "one block by now": ("cluster.vpc_config('0').vpc_id", "cluster.vpc_config.vpc_id"),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(f"{HEAD}{before}\n", select={"A114"}) == f"{HEAD}{after}\n"


NOOP = {
    "right": "certificate.domain_validation_options.get(0).resource_record_name",
    "a method": "cluster.get_string_attribute('0')",
    "of an unknown object": "unknown.identity('0')",
    "two arguments": "cluster.identity('0', '1')",
    "the second of one block": "cluster.vpc_config('1')",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": f"{HEAD}{code}\n"}, select={"A114"})
    assert (result.files, result.findings) == ([], [])


@pytest.mark.parametrize("index", ["unknown", "'first'", "'01'"])
def test_an_index_that_is_no_number_is_shown(index: str, run) -> None:
    result = run({"main.py": f"{HEAD}certificate.domain_validation_options({index})\n"}, select={"A114"})
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]
