'''What the world sees: the zone, records that fail over, the REST API and its firewall.'''
from cdktf import TerraformOutput, TerraformStack
from constructs import Construct
from cdktf_cdktf_provider_aws.api_gateway_deployment import ApiGatewayDeployment as Deployment
from cdktf_cdktf_provider_aws.api_gateway_integration import ApiGatewayIntegration as Integration
from cdktf_cdktf_provider_aws.api_gateway_method import ApiGatewayMethod as Method
from cdktf_cdktf_provider_aws.api_gateway_method_settings import ApiGatewayMethodSettings as MethodSettings
from cdktf_cdktf_provider_aws.api_gateway_resource import ApiGatewayResource as Resource
from cdktf_cdktf_provider_aws.api_gateway_rest_api import ApiGatewayRestApi as RestApi
from cdktf_cdktf_provider_aws.api_gateway_stage import ApiGatewayStage as Stage
from cdktf_cdktf_provider_aws.api_gateway_usage_plan import (
    ApiGatewayUsagePlan as UsagePlan,
    ApiGatewayUsagePlanApiStages,
)
from cdktf_cdktf_provider_aws.provider import AwsProvider as Aws
from cdktf_cdktf_provider_aws.route53_health_check import Route53HealthCheck as HealthCheck
from cdktf_cdktf_provider_aws.route53_record import Route53Record as Record
from cdktf_cdktf_provider_aws.route53_record import Route53RecordAlias as Alias
from cdktf_cdktf_provider_aws.route53_zone import Route53Zone as Zone
from cdktf_cdktf_provider_aws.wafv2_ip_set import Wafv2IpSet as IpSet
from cdktf_cdktf_provider_aws.wafv2_web_acl import (
    Wafv2WebAcl as WebAcl,
    Wafv2WebAclDefaultAction as DefaultAction,
    Wafv2WebAclRule as Rule,
    Wafv2WebAclRuleVisibilityConfig,
    Wafv2WebAclVisibilityConfig as Visibility,
)
from cdktf_cdktf_provider_aws.wafv2_web_acl_association import Wafv2WebAclAssociation as Association

from .regions import DOMAIN, primary, tags

EMBARGOED = ['KP', 'IR', 'SY']


class EdgeStack(TerraformStack):
    '''Routes clients to the region that is up.'''

    def __init__(self, scope: Construct, construct_id: str, *, suffix: str, endpoints: dict):
        super().__init__(scope, construct_id)
        self.suffix = suffix
        Aws(self, 'aws', region=primary()['name'], default_tags=[{'tags': tags(suffix)}])
        self.zone = Zone(self, 'zone', name=f'{suffix}.{DOMAIN}')

        for name, endpoint in endpoints.items():
            self._failover(name, endpoint)
            self._weighted(name, endpoint)

        api = self._api()
        self._firewall(api)
        TerraformOutput(self, 'name_servers', value=self.zone.name_servers)
        TerraformOutput(self, 'api_url', value=api.invoke_url)

    def _failover(self, name, endpoint):
        '''One half of the pair of records that fail over.'''
        check = HealthCheck(
            self,
            f'check-{name}',
            fqdn=endpoint['dns_name'],
            type='HTTPS',
            port=443,
            resource_path='/ready',
            failure_threshold=3,
            request_interval=10,
        )
        Record(
            self,
            f'failover-{name}',
            zone_id=self.zone.zone_id,
            name='ledger',
            type='A',
            set_identifier=name,
            health_check_id=check.id,
            # PRIMARY or SECONDARY
            failover_routing_policy={'type': endpoint['role']},
            alias=Alias(name=endpoint['dns_name'], zone_id=endpoint['zone_id'], evaluate_target_health=True),
        )

    def _weighted(self, name, endpoint):
        '''Reads are spread over the regions.'''
        Record(
            self,
            f'reads-{name}',
            zone_id=self.zone.id,
            name='reads',
            type='CNAME',
            ttl=30,
            records=[endpoint['dns_name']],
            set_identifier=name,
            weighted_routing_policy={'weight': endpoint['weight']},
        )

    def _api(self):
        '''The partners' REST API, passed on to the region that is up.'''
        api = RestApi(
            self,
            'api',
            name=f'ledger-{self.suffix}',
            endpoint_configuration={'types': ['REGIONAL']},
        )
        entries = Resource(self, 'entries', rest_api_id=api.id, parent_id=api.root_resource_id, path_part='entries')
        methods = []
        for verb in ('GET', 'POST'):
            method = Method(
                self,
                f'entries-{verb}',
                rest_api_id=api.id,
                resource_id=entries.id,
                http_method=verb,
                authorization='AWS_IAM',
                api_key_required=True,
            )
            methods.append(
                Integration(
                    self,
                    f'entries-{verb}-integration',
                    rest_api_id=api.id,
                    resource_id=entries.id,
                    http_method=method.http_method,
                    type='HTTP_PROXY',
                    integration_http_method=verb,
                    uri=f'https://ledger.{self.suffix}.{DOMAIN}/entries',
                    timeout_milliseconds=29000,
                )
            )
        deployment = Deployment(self, 'deployment', rest_api_id=api.id, depends_on=methods)
        stage = Stage(
            self,
            'stage',
            rest_api_id=api.id,
            deployment_id=deployment.id,
            stage_name='v1',
            xray_tracing_enabled=True,
            variables={'region': primary()['name'], 'revision': '3'},
        )
        MethodSettings(
            self,
            'settings',
            rest_api_id=api.id,
            stage_name=stage.stage_name,
            method_path='*/*',
            settings={'metrics_enabled': True, 'logging_level': 'INFO', 'throttling_burst_limit': 200},
        )
        UsagePlan(
            self,
            'partners',
            name=f'partners-{self.suffix}',
            # What the plan is for
            api_stages=[ApiGatewayUsagePlanApiStages(api_id=api.id, stage=stage.stage_name)],
            throttle_settings={'burst_limit': 100, 'rate_limit': 50},
            quota_settings={'limit': 1000000, 'period': 'MONTH'},
        )
        return stage

    def _firewall(self, stage):
        '''Only partners, and nobody from an embargoed country.'''
        partners = IpSet(
            self,
            'partners-addresses',
            name=f'partners-{self.suffix}',
            scope='REGIONAL',
            ip_address_version='IPV4',
            addresses=['192.0.2.0/24', '198.51.100.0/24'],
        )

        def visible(metric):
            return Wafv2WebAclRuleVisibilityConfig(
                cloudwatch_metrics_enabled=True, metric_name=metric, sampled_requests_enabled=True
            )

        acl = WebAcl(
            self,
            'acl',
            name=f'ledger-{self.suffix}',
            scope='REGIONAL',
            default_action=DefaultAction(block={}),
            rule=[
                Rule(
                    name='embargo',
                    priority=0,
                    action={'block': {}},
                    statement={'geo_match_statement': {'country_codes': EMBARGOED}},
                    visibility_config=visible('embargo'),
                ),
                Rule(
                    name='partners',
                    priority=1,
                    action={'allow': {}},
                    statement={'ip_set_reference_statement': {'arn': partners.arn}},
                    visibility_config=visible('partners'),
                ),
            ],
            visibility_config=Visibility(
                cloudwatch_metrics_enabled=True,
                metric_name='ledger',
                sampled_requests_enabled=True,
            ),
        )
        Association(self, 'acl-association', resource_arn=stage.arn, web_acl_arn=acl.arn)
