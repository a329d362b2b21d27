"""Aspects that visit every construct."""

from cdktf import IAspect, TerraformResource
from constructs import IConstruct
import jsii

bucket_report = []


@jsii.implements(IAspect)
class RequiredTags:
    """Adds the tags that billing needs to all that can be tagged."""

    def __init__(self, tags, owner=None):
        self.tags = dict(tags)
        if owner:
            self.tags["Owner"] = owner

    def visit(self, node: IConstruct) -> None:
        if hasattr(node, "tags_input") and isinstance(node, TerraformResource):
            node.tags = {**(node.tags_input or {}), **self.tags}


@jsii.implements(IAspect)
class DeletionGuard:
    """Sets prevent_destroy on what holds data."""

    KEEPS_DATA = ("aws_s3_bucket", "aws_dynamodb_table", "aws_kms_key", "aws_rds_cluster")

    def __init__(self, enabled=True):
        self.enabled = enabled

    def visit(self, node):
        if not isinstance(node, TerraformResource):
            return
        if node.terraform_resource_type == "aws_s3_bucket":
            bucket_report.append(node.friendly_unique_id)
        if self.enabled and node.terraform_resource_type in self.KEEPS_DATA:
            node.lifecycle = {"prevent_destroy": True}


class Visitor:
    """Not an aspect of cdktf: walks plain dicts of settings."""

    def visit(self, node):
        return {key: self.visit(value) if isinstance(value, dict) else value for key, value in node.items()}
