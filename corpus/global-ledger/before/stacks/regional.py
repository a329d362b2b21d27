'''One region: network, EKS cluster with its nodes, and the load balancer in front.'''
import json

import cdktf
import cdktf_cdktf_provider_aws.autoscaling_attachment as autoscaling_attachment
import cdktf_cdktf_provider_aws.data_aws_availability_zones as zones
import cdktf_cdktf_provider_aws.eip as eip
import cdktf_cdktf_provider_aws.eks_addon as eks_addon
import cdktf_cdktf_provider_aws.eks_cluster as eks
import cdktf_cdktf_provider_aws.eks_node_group as nodes
import cdktf_cdktf_provider_aws.iam_openid_connect_provider as oidc
import cdktf_cdktf_provider_aws.iam_role as iam_role
import cdktf_cdktf_provider_aws.iam_role_policy as iam_policy
import cdktf_cdktf_provider_aws.iam_role_policy_attachment as attachment
import cdktf_cdktf_provider_aws.internet_gateway as igw
import cdktf_cdktf_provider_aws.kms_key as kms
import cdktf_cdktf_provider_aws.launch_template as template
import cdktf_cdktf_provider_aws.lb as lb
import cdktf_cdktf_provider_aws.lb_listener as listener
import cdktf_cdktf_provider_aws.lb_target_group as targets
import cdktf_cdktf_provider_aws.nat_gateway as nat
import cdktf_cdktf_provider_aws.provider as aws
import cdktf_cdktf_provider_aws.route_table as routes
import cdktf_cdktf_provider_aws.route_table_association as association
import cdktf_cdktf_provider_aws.security_group as sg
import cdktf_cdktf_provider_aws.subnet as subnet
import cdktf_cdktf_provider_aws.vpc as vpc
from constructs import Construct

from .regions import PARTNER_RULES, tags


class RegionalStack(cdktf.TerraformStack):
  '''The ledger in one region.'''

  def __init__(self, scope: Construct, construct_id: str, *, suffix: str, region: dict, table_arn: str):
    super().__init__(scope, construct_id)
    self.suffix = suffix
    self.region = region
    self.label = f"ledger-{region['name']}-{suffix}"

    aws.AwsProvider(self, 'aws', region=region['name'], default_tags={'tags': tags(suffix, Role=region['role'])})
    self._network()
    self._cluster()
    self._nodes(table_arn)
    self._balancer()

    cdktf.TerraformOutput(self, 'cluster_name', value=self.cluster.name)
    scaling_group = self.node_group.resources.get(0).autoscaling_groups.get(0)
    cdktf.TerraformOutput(self, 'node_scaling_group', value=scaling_group.name)

  @property
  def endpoint(self):
    '''Name and zone of the load balancer, for the records at the edge.'''
    return {'dns_name': self.balancer.dns_name, 'zone_id': self.balancer.zone_id, **self.region}

  @property
  def cluster_name(self):
    '''Name of the EKS cluster.'''
    return self.cluster.name

  def _network(self):
    available = zones.DataAwsAvailabilityZones(self, 'zones', state='available')
    prefix = self.region['cidr'].rsplit('.', 2)[0]
    self.vpc = vpc.Vpc(
      self,
      'vpc',
      cidr_block=self.region['cidr'],
      enable_dns_hostnames=True,
      enable_dns_support=True,
      tags={'Name': self.label},
    )
    gateway = igw.InternetGateway(self, 'igw', vpc_id=self.vpc.id)
    address = eip.Eip(self, 'nat-address', vpc=True)  # one for the region is enough

    self.public, self.private = [], []
    for number in range(3):
      self.public.append(subnet.Subnet(
        self,
        f'public-{number}',
        vpc_id=self.vpc.id,
        cidr_block=f'{prefix}.{number}.0/24',
        availability_zone=available.names[number],
        map_public_ip_on_launch=True,
        # The load balancer controller looks for this
        tags={'kubernetes.io/role/elb': 1, 'Name': f'{self.label}-public-{number}'},
      ))
      self.private.append(subnet.Subnet(
        self,
        f'private-{number}',
        vpc_id=self.vpc.id,
        cidr_block=f'{prefix}.{number + 100}.0/24',
        availability_zone=available.names[number],
        tags={'kubernetes.io/role/internal-elb': 1, 'Name': f'{self.label}-private-{number}'},
      ))

    nat_gateway = nat.NatGateway(
      self, 'nat', allocation_id=address.allocation_id, subnet_id=self.public[0].id, depends_on=gateway
    )
    public_table = routes.RouteTable(
      self,
      'public-routes',
      vpc_id=self.vpc.id,
      # Out through the gateway
      route=[{'cidr_block': '0.0.0.0/0', 'gateway_id': gateway.id}],
    )
    private_table = routes.RouteTable(
      self,
      'private-routes',
      vpc_id=self.vpc.id,
      route={'cidr_block': '0.0.0.0/0', 'nat_gateway_id': nat_gateway.id},
    )
    for name, subnets, table in (('public', self.public, public_table), ('private', self.private, private_table)):
      for number, each in enumerate(subnets):
        association.RouteTableAssociation(
          self, f'{name}-association-{number}', subnet_id=each.id, route_table_id=table.id
        )

    self.partners = sg.SecurityGroup(
      self,
      'partners',
      name=f'{self.label}-partners',
      vpc_id=self.vpc.id,
      ingress=PARTNER_RULES,
      egress=[sg.SecurityGroupIngress(from_port=0, to_port=0, protocol='-1', cidr_blocks=[self.region['cidr']])],
    )

  def _role(self, name, service, *policies):
    role = iam_role.IamRole(
      self,
      f'{name}-role',
      name=f'{self.label}-{name}',
      assume_role_policy=json.dumps({
        'Version': '2012-10-17',
        'Statement': [{'Effect': 'Allow', 'Principal': {'Service': service}, 'Action': 'sts:AssumeRole'}],
      }),
    )
    for policy in policies:
      attachment.IamRolePolicyAttachment(
        self, f'{name}-{policy}', role=role.name, policy_arn=f'arn:aws:iam::aws:policy/{policy}'
      )
    return role

  def _cluster(self):
    key = kms.KmsKey(self, 'secrets-key', description=f'Secrets of {self.label}', enable_key_rotation=True)
    role = self._role('cluster', 'eks.amazonaws.com', 'AmazonEKSClusterPolicy')
    self.cluster = eks.EksCluster(
      self,
      'cluster',
      name=self.label,
      role_arn=role.id,
      version=1.31,
      vpc_config=eks.EksClusterVpcConfig(
        subnet_ids=[each.id for each in self.private],
        endpoint_private_access=True,
        endpoint_public_access=False,
        security_group_ids=self.partners.id,
      ),
      # Secrets of Kubernetes are encrypted with our own key
      encryption_config=[{'resources': ['secrets'], 'provider': {'key_arn': key.arn}}],
      enabled_cluster_log_types=['api', 'audit', 'authenticator'],
    )
    oidc.IamOpenidConnectProvider(
      self,
      'oidc',
      url=self.cluster.identity[0].oidc[0].issuer,
      client_id_list=['sts.amazonaws.com'],
    )
    for name in ('vpc-cni', 'coredns', 'kube-proxy'):
      eks_addon.EksAddon(
        self,
        f'addon-{name}',
        cluster_name=self.cluster.cluster_name,
        addon_name=name,
        resolve_conflicts_on_update='OVERWRITE',
        configuration_values=json.dumps({'resources': {'limits': {'memory': '150Mi'}}}) if name == 'coredns' else None,
      )

  def _nodes(self, table_arn):
    role = self._role(
      'nodes', 'ec2.amazonaws.com',
      'AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryReadOnly',
    )
    iam_policy.IamRolePolicy(
      self,
      'nodes-table',
      role=role.name,
      policy=json.dumps({
        'Version': '2012-10-17',
        'Statement': [
          {
            'Effect': 'Allow',
            'Action': ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
            'Resource': table_arn,
          },
        ],
      }),
    )
    boot = '''MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="//"

--//
Content-Type: text/x-shellscript; charset="us-ascii"

#!/bin/bash
echo "vm.max_map_count=262144" >> /etc/sysctl.conf
for disk in /dev/nvme[1-9]n1; do
  mkfs.xfs -f "${disk}" && mkdir -p "/data/${disk##*/}"
done
sysctl -p

--//--
'''
    node_template = template.LaunchTemplate(
      self,
      'nodes-template',
      name_prefix=f'{self.label}-',
      user_data=boot,
      metadata_options=[{'http_tokens': 'required', 'http_put_response_hop_limit': 2}],
      monitoring=True,
      # A larger root disk, encrypted
      block_device_mappings=[
        {
          'device_name': '/dev/xvda',
          'ebs': {'volume_size': '100', 'volume_type': 'gp3', 'encrypted': True},
        },
      ],
      tag_specifications=[
        {'resource_type': kind, 'tags': tags(self.suffix)}
        for kind in ('instance', 'volume')
      ],
    )
    self.node_group = nodes.EksNodeGroup(
      self,
      'nodes',
      cluster_name=self.cluster.name,
      node_group_name=f'{self.label}-nodes',
      node_role_arn=role.arn,
      subnet_ids=[each.id for each in self.private],
      instance_types='m6i.xlarge',
      scaling_config=nodes.EksNodeGroupScalingConfig(
        desired_size=self.region['node_count'],
        min_size=self.region['node_count'],
        max_size=self.region['node_count'] * 3,
      ),
      update_config=[nodes.EksNodeGroupUpdateConfig(max_unavailable=1)],
      launch_template={'id': node_template.id, 'version': '$Latest'},
      taints=[{'key': 'ledger', 'value': 'true', 'effect': 'NO_SCHEDULE'}],
    )

  def _balancer(self):
    self.balancer = lb.Lb(
      self,
      'balancer',
      name=f"ledger-{self.region['role'].lower()}-{self.suffix}",
      load_balancer_type='network',
      internal=False,
      subnets=[each.id for each in self.public],
      enable_cross_zone_load_balancing='true',
    )
    group = targets.LbTargetGroup(
      self,
      'targets',
      name=f"ledger-{self.region['role'].lower()}-{self.suffix}",
      port=30443,
      protocol='TCP',
      vpc_id=self.vpc.id,
      preserve_client_ip=True,
      deregistration_delay=120,
      health_check=[targets.LbTargetGroupHealthCheck(protocol='TCP', port=30443, interval=10)],
    )
    listener.LbListener(
      self,
      'listener',
      load_balancer_arn=self.balancer.arn,
      port=443,
      protocol='TCP',
      default_action={'type': 'forward', 'target_group_arn': group.arn},
    )
    autoscaling_attachment.AutoscalingAttachment(
      self,
      'nodes-targets',
      autoscaling_group_name=self.node_group.resources.get(0).autoscaling_groups.get(0).name,
      alb_target_group_arn=group.arn,
    )
