# -*- coding: latin-1 -*-
"""Für Zürich."""
from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter


class Latin(TerraformStack):
    def __init__(self, scope, ns):
        super().__init__(scope, ns)
        AwsProvider(self, "aws", region="eu-west-1")
        größe = "klein"  # ä
        SsmParameter(self, "text", name="text", type="String", value=größe, tags={"Owner": "Müller"})
