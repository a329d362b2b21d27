from cdktf import App, Fn, TerraformCount, TerraformIterator, TerraformStack, TerraformVariable, Token
from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate
from cdktf_cdktf_provider_aws.acm_certificate_validation import AcmCertificateValidation
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.route53_record import Route53Record
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.security_group import SecurityGroup


class Iterators(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        names = TerraformVariable(self, "names", type="set(string)", default=["a", "b"])
        each = TerraformIterator.from_list(names.list_value)
        buckets = S3Bucket(self, "buckets", for_each=each, bucket=Token.as_string(each.value), tags={"Name": Token.as_string(each.key)})

        rules = TerraformIterator.from_map({"http": {"port": 80}, "https": {"port": 443}})
        SecurityGroup(
            self,
            "sg",
            ingress=rules.dynamic(
                {
                    "from_port": rules.get_number("port"),
                    "to_port": rules.get_number("port"),
                    "protocol": "tcp",
                    "cidr_blocks": ["0.0.0.0/0"],
                }
            ),
        )

        count = TerraformCount.of(3)
        Instance(self, "servers", count=count, ami="ami-1", instance_type="t3.micro", tags={"Name": f"web-{Token.as_string(count.index)}"})
        Instance(self, "pair", count=2, ami="ami-1", instance_type="t3.micro", user_data="#!/bin/sh\necho ${count.index}\n")

        certificate = AcmCertificate(self, "cert", domain_name="example.com", validation_method="DNS")
        options = TerraformIterator.from_complex_list(certificate.domain_validation_options, "domain_name")
        records = Route53Record(
            self, "records", for_each=options, zone_id="Z1", ttl=60, allow_overwrite=True,
            name=options.get_string("resource_record_name"), type=options.get_string("resource_record_type"),
            records=[options.get_string("resource_record_value")],
        )
        chained = TerraformIterator.from_resources(records)
        AcmCertificateValidation(
            self, "valid", certificate_arn=certificate.arn,
            validation_record_fqdns=Token.as_list(chained.pluck_property("fqdn")),
        )
        plain = certificate.domain_validation_options.get(0).resource_record_name
        S3Bucket(self, "policy", bucket=Fn.lower(plain), tags={"All": Fn.join(",", Token.as_list(Fn.keys({"a": "1"})))})
        S3Bucket(self, "after", for_each=TerraformIterator.from_resources(buckets), bucket_prefix="after")


app = App()
Iterators(app, "iterators")
app.synth()
