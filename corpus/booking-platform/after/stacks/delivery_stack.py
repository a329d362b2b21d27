"""How the web site gets from the repository to the bucket."""
import json
from typing import Any, Dict

from cdktf_cdktf_provider_aws.codebuild_project import (
    CodebuildProject,
    CodebuildProjectArtifacts,
    CodebuildProjectEnvironment,
    CodebuildProjectSource,
)
from cdktf_cdktf_provider_aws.codepipeline import (
    Codepipeline,
    CodepipelineArtifactStore,
    CodepipelineStage,
    CodepipelineStageAction,
)
from cdktf_cdktf_provider_aws.codestarconnections_connection import CodestarconnectionsConnection
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleExpiration,
)
from constructs import Construct

from stacks.base import BaseStack
from stacks.mixins import BucketMixin, RoleMixin


class DeliveryStack(BucketMixin, RoleMixin, BaseStack):
    """CodePipeline and CodeBuild."""

    component = "delivery"
    repository = "example/booking-web"
    build_image = "aws/codebuild/standard:7.0"

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any):
        self.assets_bucket = kwargs.pop("assets_bucket")
        super().__init__(scope, construct_id, **kwargs)

    def build(self) -> None:
        self.artifacts = self.create_bucket("artifacts")
        S3BucketLifecycleConfiguration(
            self,
            "artifacts-lifecycle",
            bucket=self.artifacts.id,
            rule=[S3BucketLifecycleConfigurationRule(
                id="expire",
                status="Enabled",
                filter=[{"prefix": ""}],
                expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=30)],
            )],
        )
        self.connection = CodestarconnectionsConnection(
            self, "connection", name=self.resource_name("github"), provider_type="GitHub"
        )
        self.project = self.create_project()
        self.pipeline = self.create_pipeline()

    def create_project(self) -> CodebuildProject:
        role = self.create_role(
            "build",
            "codebuild.amazonaws.com",
            [
                {"Effect": "Allow", "Action": "logs:*", "Resource": "*"},
                {"Effect": "Allow", "Action": "s3:*", "Resource": [self.artifacts.arn, f"{self.artifacts.arn}/*"]},
            ],
        )
        variables = {"STAGE": self.stage, "BUCKET": self.assets_bucket, "NODE_ENV": "production"}
        return CodebuildProject(
            self,
            "project",
            name=self.resource_name("web"),
            service_role=role.arn,
            build_timeout=20,
            artifacts=CodebuildProjectArtifacts(type="CODEPIPELINE"),
            environment=CodebuildProjectEnvironment(
                compute_type="BUILD_GENERAL1_SMALL",
                image=self.build_image,
                type="LINUX_CONTAINER",
                environment_variable=[{"name": name, "value": value} for name, value in variables.items()],
            ),
            source=CodebuildProjectSource(
                type="CODEPIPELINE",
                buildspec=json.dumps({
                    "version": 0.2,
                    "phases": {
                        "install": {"commands": ["npm ci"]},
                        "build": {"commands": ["npm run build", "aws s3 sync dist s3://$BUCKET --delete"]},
                    },
                }),
            ),
            tags=self.tags_for("web"),
        )

    def create_pipeline(self) -> Codepipeline:
        role = self.create_role(
            "pipeline",
            "codepipeline.amazonaws.com",
            [
                {"Effect": "Allow", "Action": "codebuild:*", "Resource": self.project.arn},
                {
                    "Effect": "Allow",
                    "Action": "codestar-connections:UseConnection",
                    "Resource": self.connection.arn,
                },
                {"Effect": "Allow", "Action": "s3:*", "Resource": [self.artifacts.arn, f"{self.artifacts.arn}/*"]},
            ],
        )
        stages = [
            CodepipelineStage(
                name="Source",
                action=[
                    CodepipelineStageAction(
                        name="GitHub",
                        category="Source",
                        owner="AWS",
                        provider="CodeStarSourceConnection",
                        version="1",
                        output_artifacts=["source"],
                        configuration={
                            "ConnectionArn": self.connection.arn,
                            "FullRepositoryId": self.repository,
                            "BranchName": "main" if self.is_production else "develop",
                        },
                    )
                ],
            ),
        ]
        if self.is_production:
            stages.append(
                {
                    "name": "Approve",
                    "action": [
                        {"name": "Manual", "category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1"}
                    ],
                }
            )
        stages.append(
            CodepipelineStage(
                name="Build",
                action=[
                    CodepipelineStageAction(
                        name="Build",
                        category="Build",
                        owner="AWS",
                        provider="CodeBuild",
                        version="1",
                        input_artifacts=["source"],
                        configuration={"ProjectName": self.project.name},
                    )
                ],
            )
        )
        return Codepipeline(
            self,
            "pipeline",
            name=self.resource_name("web"),
            role_arn=role.arn,
            pipeline_type="V2",
            artifact_store=[CodepipelineArtifactStore(
                location=self.artifacts.bucket,
                type="S3",
                encryption_key={"id": self.key.arn, "type": "KMS"},
            )],
            stage=stages,
            tags=self.tags_for("web"),
        )

    def outputs(self) -> Dict[str, Any]:
        return {"pipeline_name": self.pipeline.name, "project_name": self.project.name}
