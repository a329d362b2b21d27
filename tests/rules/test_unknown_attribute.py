from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

from tests.rules.test_distant_name import repaired

HEAD = """\
from cdktf import Fn
from cdktf_cdktf_provider_aws.appsync_graphql_api import AppsyncGraphqlApi
from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktf_cdktf_provider_aws.eks_cluster import EksCluster
from cdktf_cdktf_provider_aws.elasticache_subnet_group import ElasticacheSubnetGroup
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
api = AppsyncGraphqlApi(self, 'a', name='n', authentication_type='API_KEY')
cluster = EksCluster(self, 'c', name='n', role_arn='r', vpc_config={'subnet_ids': []})
group = ElasticacheSubnetGroup(self, 'g', name='n', subnet_ids=[])
balancer = Lb(self, 'l')
targets = LbTargetGroup(self, 't')
zones = DataAwsAvailabilityZones(self, 'z')
"""

TRANSFORMED = {
    "get as a suffix": ("cluster.identity_get(0)", "cluster.identity.get(0)"),
    "index of a list of blocks": ("cluster.identity[0].oidc[0].issuer", "cluster.identity.get(0).oidc.get(0).issuer"),
    "element's attribute": ("cluster.certificate_authority.data", "cluster.certificate_authority.get(0).data"),
    "index of one block": ("cluster.vpc_config[0].subnet_ids", "cluster.vpc_config.subnet_ids"),
    "get of one block": ("cluster.vpc_config.get(0).subnet_ids", "cluster.vpc_config.subnet_ids"),
    "own name in front": ("group.subnet_group_name", "group.name"),
    "own id": ("cluster.eks_cluster_id", "cluster.id"),
    "fqn": ("zones.names_fqn", "zones.names"),
    "get of a list of strings": ("zones.names.get(1)", "Fn.element(zones.names, 1)"),
    "its service's other name in front": ("balancer.load_balancer_arn", "balancer.arn"),
    "its service's other name in front of its id": ("balancer.elb_id", "balancer.id"),
    "a value of a map": ("api.uris['GRAPHQL']", "api.uris.lookup('GRAPHQL')"),
    "CloudFormation's": ("cluster.ref", "cluster.id"),
    "camelCase": ("cluster.roleArn", "cluster.role_arn"),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(f"{HEAD}x = {before}\n", select={"A104"}) == f"{HEAD}x = {after}\n"


STACK = """\
from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.appsync_graphql_api import AppsyncGraphqlApi
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.provider import AwsProvider
app = App()
stack = TerraformStack(app, 's')
AwsProvider(stack, 'aws', region='us-east-1')
gateway = InternetGateway(stack, 'i')
api = AppsyncGraphqlApi(stack, 'a', name='n', authentication_type='API_KEY')
READ
app.synth()
"""


def test_before_the_real_package(fix, oracle: Oracle, tmp_path: Path) -> None:
    reads = [
        f"TerraformOutput(stack, '{at}', value={each})" for at, each in enumerate(("gateway.ref", "api.uris['G']"))
    ]
    for number, each in enumerate(reads):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "main.py").write_text(STACK.replace("READ", each), encoding="utf-8")
        assert oracle.synthesize(tmp_path / f"{number}").error is not None
    (tmp_path / "after").mkdir()
    (tmp_path / "after" / "main.py").write_text(fix(STACK.replace("READ", "\n".join(reads))), encoding="utf-8")
    after = oracle.synthesize(tmp_path / "after")
    assert after.error is None
    assert after.dropped == ()


def test_what_a_password_makes() -> None:
    code = (
        "from cdktf_cdktf_provider_random.password import Password\n"
        "def make(scope):\n"
        "    password = Password(scope, 'p', length=12)\n"
        "    return password.{}\n"
    )
    assert repaired(code.format("password")) == code.format("result")


def test_through_self_a_helper_and_another_file(run) -> None:
    result = run(
        {
            "lib/cluster.py": (
                "from constructs import Construct\n"
                "from cdktf_cdktf_provider_aws.eks_cluster import EksCluster\n"
                "class Platform(Construct):\n"
                "    def __init__(self, scope, name):\n"
                "        super().__init__(scope, name)\n"
                "        self.cluster = EksCluster(self, 'c', name='n', role_arn='r', vpc_config={'subnet_ids': []})\n"
                "    @property\n"
                "    def issuer(self):\n"
                "        return self.cluster.identity[0].oidc[0].issuer\n"
            ),
            "main.py": "from lib.cluster import Platform\np = Platform(app, 'p')\nprint(p.cluster.cluster_name)\n",
        },
        select={"A104"},
    )
    after = {file.path: file.after for file in result.files}
    assert "self.cluster.identity.get(0).oidc.get(0).issuer" in after["lib/cluster.py"]
    assert "p.cluster.name" in after["main.py"]


SHOWN = {
    "nothing like it": "cluster.nonsense_at_all",
    "an id of another thing": "targets.load_balancer_id",
    "of a class": "Fn.nonsense_at_all('a')",
    "get of a string": "cluster.arn.get(0)",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"A104"})
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]


NOOP = {
    "right": "cluster.arn, cluster.identity.get(0).oidc, cluster.vpc_config.subnet_ids, cluster.to_string()",
    "constants": "from cdktf import VariableType\nVariableType.NUMBER, EksCluster.TF_RESOURCE_TYPE, cluster.TF_RESOURCE_TYPE",
    "own attribute": "class A:\n    def __init__(self):\n        self.cluster_name = 1\nA().cluster_name",
    "set by the user": "cluster.note = 1",
    "unknown": "other().identity_get(0)",
    "a dict": "{'a': 1}.get('a')",
    "python list": "['a', 'b'][0]",
    "set from outside": "cluster.nickname = 'a'\ndef f(c: EksCluster): return c.nickname",
    "set by name": "setattr(cluster, 'cluster_name', 1)\nprint(cluster.cluster_name)",
    "of a subclass": "class C(EksCluster):\n    def note(self): return 1\ndef f(c: EksCluster): return c.note()",
    "a base in an annotation": "from cdktf import TerraformStack\ndef f(s: TerraformStack): return s.vpc.id",
    "inherited": "cluster.node.id, cluster.fqn, cluster.add_override('a', 1)",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"A104"})
    assert (result.files, result.findings) == ([], [])


@pytest.mark.parametrize("annotation", [" -> tuple[KmsKey, KmsAlias]", ""])
def test_what_a_helper_returns_together_has_types_of_its_own(annotation: str, run) -> None:
    code = (
        "from cdktf_cdktf_provider_aws.kms_alias import KmsAlias\n"
        "from cdktf_cdktf_provider_aws.kms_key import KmsKey\n"
        f"def create_key(s){annotation}:\n"
        "    key = KmsKey(s, 'k')\n"
        "    alias = KmsAlias(s, 'a', name='alias/a', target_key_id=key.id)\n"
        "    return key, alias\n"
        "key, alias = create_key(stack)\n"
        "print(alias.name, key.key_id, create_key(stack)[1].name)\n"
        "for k, a in [create_key(stack)]:\n    print(a.name)\n"
    )
    result = run({"main.py": code}, select={"A104"})
    assert (result.files, result.findings) == ([], [])


FILLED = """\
from constructs import Construct
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable
class Tables(Construct):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        self.tables = {}
        by_key: dict = {}
        for name in ("a", "b"):
            self.tables[name] = by_key[name, 1] = DynamodbTable(self, name, name=name)
        print([each.ARN for each in self.tables.values()], self.tables["a"].ARN)
        for name, each in self.tables.items():
            print(name, each.ARN)
"""


def test_what_a_dict_is_filled_with_under_keys_that_are_computed(fix) -> None:
    written, meant = FILLED.replace("ARN", "table_arn"), FILLED.replace("ARN", "arn")
    assert fix(written, select={"A104"}) == meant


@pytest.mark.parametrize(
    "other", ["self.tables['x'] = Other()", "self.tables.update(more)", "self.tables['x'] = made()"]
)
def test_a_dict_that_holds_other_things_too(other: str, run) -> None:
    code = FILLED.replace("ARN", "table_arn").replace("        print([", f"        {other}\n        print([")
    assert run({"main.py": code}, select={"A104"}).files == []
