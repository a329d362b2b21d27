"""What guests see first: the web site, its domain and its certificate."""
from typing import Any, Dict

from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate
from cdktf_cdktf_provider_aws.acm_certificate_validation import AcmCertificateValidation
from cdktf_cdktf_provider_aws.cloudfront_distribution import (
    CloudfrontDistribution,
    CloudfrontDistributionCustomErrorResponse,
    CloudfrontDistributionOriginCustomOriginConfig,
    CloudfrontDistributionDefaultCacheBehavior,
    CloudfrontDistributionOrderedCacheBehavior,
    CloudfrontDistributionOrigin,
    CloudfrontDistributionViewerCertificate,
)
from cdktf_cdktf_provider_aws.cloudfront_origin_access_control import CloudfrontOriginAccessControl
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.route53_zone import Route53Zone
from cdktf_cdktf_provider_aws.route53_record import Route53Record
from constructs import Construct

from stacks.base import BaseStack
from stacks.mixins import BucketMixin


class EdgeStack(BucketMixin, BaseStack):
    """CloudFront, Route 53 and ACM; CloudFront takes certificates of us-east-1 only."""

    component = "edge"
    caching_disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    caching_optimized = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    behavior_defaults: Dict[str, Any] = {
        "cached_methods": ["GET", "HEAD"],
        "viewer_protocol_policy": "redirect-to-https",
        "compress": True,
    }

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any):
        self.api_domain = kwargs.pop("api_domain")
        self.domain = kwargs.pop("domain")
        super().__init__(scope, construct_id, **kwargs)

    def configure_providers(self) -> None:
        self.us_east_1 = AwsProvider(
            self,
            "aws-us-east-1",
            alias="us_east_1",
            region="us-east-1",
            default_tags=[{"tags": self.common_tags}],
        )

    def build(self) -> None:
        self.assets = self.create_bucket("assets")
        self.zone = Route53Zone(self, "zone", name=self.domain, tags=self.tags_for("zone"))
        self.certificate = self.create_certificate()
        self.distribution = self.create_distribution()
        for kind in ("A", "AAAA"):
            Route53Record(
                self,
                f"site-{kind.lower()}",
                zone_id=self.zone.zone_id,
                name=self.domain,
                type=kind,
                alias={
                    "name": self.distribution.domain_name,
                    "zone_id": self.distribution.hosted_zone_id,
                    "evaluate_target_health": False,
                },
            )

    def create_certificate(self) -> AcmCertificate:
        certificate = AcmCertificate(
            self,
            "certificate",
            provider=self.us_east_1,
            domain_name=self.domain,
            subject_alternative_names=[f"*.{self.domain}"],
            validation_method="DNS",
            lifecycle={"create_before_destroy": True},
            tags=self.tags_for("certificate"),
        )
        option = certificate.domain_validation_options.get(0)
        record = Route53Record(
            self,
            "certificate-validation-record",
            zone_id=self.zone.zone_id,
            name=option.resource_record_name,
            type=option.resource_record_type,
            records=[option.resource_record_value],
            ttl=60,
            allow_overwrite=True,
        )
        AcmCertificateValidation(
            self,
            "certificate-validation",
            provider=self.us_east_1,
            certificate_arn=certificate.arn,
            validation_record_fqdns=[record.fqdn],
        )
        return certificate

    def create_distribution(self) -> CloudfrontDistribution:
        access = CloudfrontOriginAccessControl(
            self,
            "assets-access-control",
            name=self.resource_name("assets"),
            origin_access_control_origin_type="s3",
            signing_behavior="always",
            signing_protocol="sigv4",
        )
        behaviors = [
            CloudfrontDistributionOrderedCacheBehavior(
                **self.behavior_defaults,
                path_pattern=f"/{path}/*",
                target_origin_id="api",
                allowed_methods=["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
                cache_policy_id=self.caching_disabled,
            )
            for path in ("bookings", "availability", "payments")
        ]
        return CloudfrontDistribution(
            self,
            "distribution",
            enabled=True,
            comment=f"Bookings ({self.stage})",
            aliases=[self.domain],
            default_root_object="index.html",
            price_class="PriceClass_All" if self.is_production else "PriceClass_100",
            origin=[
                CloudfrontDistributionOrigin(
                    origin_id="assets",
                    domain_name=self.assets.bucket_regional_domain_name,
                    origin_access_control_id=access.id,
                ),
                CloudfrontDistributionOrigin(
                    origin_id="api",
                    domain_name=self.api_domain,
                    origin_path=f"/{self.stage}",
                    custom_origin_config=CloudfrontDistributionOriginCustomOriginConfig(
                        http_port=80,
                        https_port=443,
                        origin_protocol_policy="https-only",
                        origin_ssl_protocols=["TLSv1.2"],
                    ),
                ),
            ],
            default_cache_behavior=CloudfrontDistributionDefaultCacheBehavior(
                target_origin_id="assets",
                allowed_methods=["GET", "HEAD", "OPTIONS"],
                cache_policy_id=self.caching_optimized,
                **self.behavior_defaults,
            ),
            ordered_cache_behavior=behaviors,
            custom_error_response=[
                CloudfrontDistributionCustomErrorResponse(
                    error_code=code, response_code=200, response_page_path="/index.html"
                )
                for code in (403, 404)
            ],
            restrictions={"geo_restriction": {"restriction_type": "none"}},
            viewer_certificate=CloudfrontDistributionViewerCertificate(
                acm_certificate_arn=self.certificate.id,
                ssl_support_method="sni-only",
                minimum_protocol_version="TLSv1.2_2021",
            ),
            tags=self.tags_for("distribution"),
        )

    def outputs(self) -> Dict[str, Any]:
        return {"distribution_id": self.distribution.id, "name_servers": self.zone.name_servers}
