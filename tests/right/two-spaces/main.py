from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.security_group import (SecurityGroup,
  SecurityGroupIngress)


class TwoSpaces(TerraformStack):

  def __init__(self, scope, ns):
    super().__init__(scope, ns)
    AwsProvider(self, 'aws', region = 'eu-west-1')
    SecurityGroup(
      self, 'sg'
      , ingress = [ SecurityGroupIngress( from_port = p
                                        , to_port = p
                                        , protocol = 'tcp'
                                        )
                    for p in (80, 443)
                  ]
    ); print('done')
    if True: pass
    else: return


app = App(); TwoSpaces(app, "two-spaces"); app.synth()
