from cdktf import App, Testing
from cdktf_cdktf_provider_aws.db_instance import DbInstance

from infra.config import CONFIGS
from infra.stack import InfraStack


def test_production_is_multi_az():
    stack = InfraStack(Testing.app(), "test", CONFIGS["prod"])
    assert Testing.to_have_resource_with_properties(
        Testing.synth(stack), DbInstance.TF_RESOURCE_TYPE, {"multi_az": True}
    )
