# pylint: disable=W0622,too-few-public-methods
"""A file that pylint is told to leave alone."""
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic


class Alerts(TerraformStack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        AwsProvider(self, "aws", region="eu-west-1")
        SnsTopic(self, "topic", name=id)


APP = App()
Alerts(APP, "alerts")
APP.synth()
