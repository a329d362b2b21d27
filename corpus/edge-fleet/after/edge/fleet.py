"""Buckets, functions and tables near the players, behind one name."""

import json
from typing import NamedTuple

from cdktf import Fn, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate
from cdktf_cdktf_provider_aws.acm_certificate_validation import AcmCertificateValidation
from cdktf_cdktf_provider_aws.cloudfront_distribution import CloudfrontDistribution, CloudfrontDistributionOrigin
from cdktf_cdktf_provider_aws.cloudfront_origin_access_control import CloudfrontOriginAccessControl
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTableReplica
from cdktf_cdktf_provider_aws.globalaccelerator_accelerator import GlobalacceleratorAccelerator
from cdktf_cdktf_provider_aws.globalaccelerator_endpoint_group import (
    GlobalacceleratorEndpointGroup,
    GlobalacceleratorEndpointGroupEndpointConfiguration,
)
from cdktf_cdktf_provider_aws.globalaccelerator_listener import (
    GlobalacceleratorListener,
    GlobalacceleratorListenerPortRange,
)
from cdktf_cdktf_provider_aws.route53_record import Route53Record
from cdktf_cdktf_provider_aws.route53_zone import Route53Zone
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAcl, Wafv2WebAclRule

from .providers import Providers
from .region import Region


class Endpoint(NamedTuple):
    region: str
    address: str


class EdgeFleet(TerraformStack):
    def __init__(self, scope, construct_id, *, regions, domain):
        super().__init__(scope, construct_id)
        providers = Providers(self, regions)
        us_east_1 = providers.us_east_1

        zone = Route53Zone(self, "zone", name=domain)
        certificate = AcmCertificate(
            self,
            "certificate",
            provider=us_east_1,
            domain_name=domain,
            subject_alternative_names=[f"*.{domain}"],
            validation_method="DNS",
            lifecycle={"create_before_destroy": True},
        )
        proof = Route53Record(
            self,
            "proof",
            zone_id=zone.zone_id,
            name=certificate.domain_validation_options.get(0).resource_record_name,
            type=certificate.domain_validation_options.get(0).resource_record_type,
            records=[certificate.domain_validation_options.get(0).resource_record_value],
            ttl=300,
            allow_overwrite=True,
        )
        AcmCertificateValidation(
            self,
            "validated",
            provider=us_east_1,
            certificate_arn=certificate.arn,
            validation_record_fqdns=[proof.fqdn],
        )

        self.assets = S3Bucket(self, "assets", bucket=f"assets.{domain}", force_destroy=False)
        S3BucketPublicAccessBlock(
            self,
            "assets-access",
            bucket=self.assets.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        access = CloudfrontOriginAccessControl(
            self,
            "assets-origin",
            name=f"assets-{domain}",
            origin_access_control_origin_type="s3",
            signing_behavior="always",
            signing_protocol="sigv4",
        )
        firewall = Wafv2WebAcl(
            self,
            "firewall",
            provider=us_east_1,
            name="edge",
            scope="CLOUDFRONT",
            default_action={"allow": {}},
            visibility_config={
                "cloudwatch_metrics_enabled": True,
                "metric_name": "edge",
                "sampled_requests_enabled": True,
            },
            rule=[Wafv2WebAclRule(
                name="rate",
                priority=1,
                action={"block": {}},
                statement={"rate_based_statement": {"limit": 2000, "aggregate_key_type": "IP"}},
                visibility_config={
                    "cloudwatch_metrics_enabled": True,
                    "metric_name": "rate",
                    "sampled_requests_enabled": True,
                },
            )],
        )
        distribution = CloudfrontDistribution(
            self,
            "distribution",
            enabled=True,
            aliases=[domain],
            default_root_object="index.html",
            web_acl_id=firewall.arn,
            origin=[CloudfrontDistributionOrigin(
                domain_name=self.assets.bucket_regional_domain_name,
                origin_id="assets",
                origin_access_control_id=access.id,
            )],
            default_cache_behavior={
                "target_origin_id": "assets",
                "viewer_protocol_policy": "redirect-to-https",
                "allowed_methods": ["GET", "HEAD"],
                "cached_methods": ["GET", "HEAD"],
                "forwarded_values": {"query_string": False, "cookies": {"forward": "none"}},
            },
            restrictions={"geo_restriction": {"restriction_type": "none"}},
            viewer_certificate={
                "acm_certificate_arn": certificate.arn,
                "ssl_support_method": "sni-only",
                "minimum_protocol_version": "TLSv1.2_2021",
            },
        )
        S3BucketPolicy(
            self,
            "assets-policy",
            bucket=self.assets.id,
            policy=json.dumps({
                "Version": "2012-10-17",
                "Statement": [{
                    "Effect": "Allow",
                    "Principal": {"Service": "cloudfront.amazonaws.com"},
                    "Action": "s3:GetObject",
                    "Resource": f"{self.assets.arn}/*",
                    "Condition": {"StringEquals": {"AWS:SourceArn": distribution.arn}},
                }],
            }),
        )

        self.scores = DynamodbTable(
            self,
            "scores",
            name="scores",
            billing_mode="PAY_PER_REQUEST",
            hash_key="player",
            range_key="game",
            attribute=[{"name": "player", "type": "S"}, {"name": "game", "type": "S"}],
            replica=[DynamodbTableReplica(region_name=region) for region in regions[1:]],
            stream_enabled=True,
            stream_view_type="NEW_AND_OLD_IMAGES",
        )

        self.endpoints = []
        accelerator = GlobalacceleratorAccelerator(self, "accelerator", name="edge", ip_address_type="IPV4")
        listener = GlobalacceleratorListener(
            self,
            "listener",
            accelerator_arn=accelerator.id,
            protocol="TCP",
            port_range=[GlobalacceleratorListenerPortRange(from_port=443, to_port=443)],
        )
        for region in regions:
            place = Region(
                self,
                f"region-{region}",
                region=region,
                provider=providers[region],
                table=self.scores,
                certificate=certificate if region == "us-east-1" else None,
            )
            GlobalacceleratorEndpointGroup(
                self,
                f"group-{region}",
                listener_arn=listener.id,
                endpoint_group_region=region,
                endpoint_configuration=[
                    GlobalacceleratorEndpointGroupEndpointConfiguration(endpoint_id=place.balancer.arn, weight=128)
                ],
                health_check_interval_seconds=30,
            )
            self.endpoints.append(Endpoint(region, place.balancer.dns_name))
            Route53Record(
                self,
                f"record-{region}",
                zone_id=zone.id,
                name=f"{region}.{domain}",
                type="A",
                alias={
                    "name": place.balancer.dns_name,
                    "zone_id": place.balancer.zone_id,
                    "evaluate_target_health": True,
                },
                set_identifier=region,
                latency_routing_policy={"region": region},
            )
        TerraformOutput(self, "addresses", value=accelerator.ip_sets.get(0).ip_addresses)
        TerraformOutput(self, "name-servers", value=Fn.join(",", zone.name_servers))
