"""Policies, scripts and a page that lie in a package of their own, read through ``importlib.resources``."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from importlib import resources
from string import Template

import assets
from cdktf import AssetType, Fn, TerraformAsset, TerraformStack
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate, LaunchTemplateMetadataOptions
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_object import S3Object

FILES = resources.files(assets)


@cache
def text(*path: str) -> str:
    return FILES.joinpath(*path).read_text(encoding="utf-8")


def policy(name: str, **values: str) -> str:
    """A policy's document, with values in the places of ``$names``; as JSON on one line."""
    return json.dumps(json.loads(Template(text("policies", f"{name}.json")).substitute(values)))


class Documents(TerraformStack):
    def __init__(self, scope, name, *, stage):
        super().__init__(scope, name)
        AwsProvider(self, "aws", region="eu-north-1")
        bucket = S3Bucket(self, "bucket", bucket=f"documents-{stage}")
        for entry in FILES.joinpath("policies").iterdir():
            if entry.name.endswith(".json"):
                stem = entry.name.removesuffix(".json")
                IamPolicy(self, stem, name=f"{stem}-{stage}", policy=policy(stem, bucket=bucket.arn))
        with resources.as_file(FILES / "index.html") as page:
            asset = TerraformAsset(self, "page", path=str(page), type=AssetType.FILE)
        S3Object(
            self, "index", bucket=bucket.id, key="index.html", source=asset.path, content_type="text/html",
            etag=Fn.filemd5(asset.path),
        )
        script = text("start.sh").replace("@BUCKET@", f"documents-{stage}")
        LaunchTemplate(
            self,
            "template",
            name_prefix="documents-",
            image_id="ami-0123456789abcdef0",
            user_data=b64encode(script.encode()).decode(),
            metadata_options=LaunchTemplateMetadataOptions(http_tokens="required", http_put_response_hop_limit=1),
        )
