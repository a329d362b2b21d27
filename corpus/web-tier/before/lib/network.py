from cdktf import TerraformStack, TerraformOutput
import cdktf_cdktf_provider_aws.eip as eip
from cdktf_cdktf_provider_aws.eip import Eip as ElasticIp
from cdktf_cdktf_provider_aws import internet_gateway, nat_gateway
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc


class NetworkStack(TerraformStack):
    def __init__(self, scope, ns, config):
        super().__init__(scope, ns)
        AwsProvider(self, 'aws', region='us-west-2')
        self.vpc = Vpc(self, 'vpc', cidr_block=config['cidr'], enable_dns_hostnames=True)
        self.igw = internet_gateway.InternetGateway(self, 'igw', vpc_id=self.vpc.id)
        self.single_nat = False

        self.nat_gateways = []
        for index, zone in enumerate(config['zones']):
            public = Subnet(self, f'public-{index}', vpc_id=self.vpc.id, availability_zone=zone,
                            cidr_block=f'10.20.{index}.0/24', map_public_ip_on_launch=True)
            address = ElasticIp(self, f'nat-eip-{index}',
                                vpc=True,  # needed for NAT
                                tags={'Name': f'nat-{zone}'})
            self.nat_gateways.append(
                nat_gateway.NatGateway(self, f'nat-{index}', allocation_id=address.id, subnet_id=public.id)
            )

        bastion_args = {
            'vpc': True,
            'tags': {'Name': 'bastion'},
        }
        bastion = eip.Eip(self, 'bastion-eip', **bastion_args)
        spare = eip.Eip(self, 'spare-eip', vpc=not self.single_nat)
        TerraformOutput(self, 'bastion-ip', value=bastion.public_ip)
        TerraformOutput(self, 'spare-ip', value=spare.public_ip)
