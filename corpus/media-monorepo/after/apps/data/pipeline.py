"""How the data app gets its images: CodeCommit's successor, CodeBuild, CodePipeline."""

import json

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
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from constructs import Construct

from libs.common import ARTIFACT_BUCKET, Stage, assume_role, statement

BUILDSPEC = """\
version: 0.2
phases:
  build:
    commands:
      - docker build -t "$IMAGE" apps/data
      - docker push "$IMAGE"
"""


class Pipeline(Construct):
    """Source, build, and where it matters a person's approval."""

    def __init__(self, scope: Construct, construct_id: str, stage: Stage, repository_url: str):
        super().__init__(scope, construct_id)
        role = IamRole(self, "role", name=stage.named("pipeline"), assume_role_policy=assume_role("codepipeline"))
        build_role = IamRole(self, "build-role", name=stage.named("build"), assume_role_policy=assume_role("codebuild"))
        connection = CodestarconnectionsConnection(
            self, "connection", name=stage.named("github"), provider_type="GitHub"
        )
        for name, each in (("role", role), ("build-role", build_role)):
            IamRolePolicy(
                self,
                f"{name}-policy",
                role=each.name,
                policy=json.dumps(
                    {
                        "Version": "2012-10-17",
                        "Statement": [
                            statement(["s3:*"], f"arn:aws:s3:::{ARTIFACT_BUCKET}", f"arn:aws:s3:::{ARTIFACT_BUCKET}/*"),
                            statement(["codebuild:StartBuild", "codebuild:BatchGetBuilds"], "*"),
                            statement(["codestar-connections:UseConnection"], connection.arn),
                        ],
                    }
                ),
            )
        project = CodebuildProject(
            self,
            "build",
            name=stage.named("data", "build"),
            service_role=build_role.arn,
            build_timeout=20,
            artifacts=CodebuildProjectArtifacts(type="CODEPIPELINE"),
            environment=CodebuildProjectEnvironment(
                compute_type="BUILD_GENERAL1_SMALL",
                image="aws/codebuild/standard:7.0",
                type="LINUX_CONTAINER",
                privileged_mode=True,
                environment_variable=[{"name": "IMAGE", "value": f"{repository_url}:latest"}],
            ),
            source=CodebuildProjectSource(type="CODEPIPELINE", buildspec=BUILDSPEC),
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
                            "ConnectionArn": connection.arn,
                            "FullRepositoryId": "example/media",
                            "BranchName": "main",
                        },
                    )
                ],
            ),
            CodepipelineStage(
                name="Build",
                action=[
                    CodepipelineStageAction(
                        name="Image",
                        category="Build",
                        owner="AWS",
                        provider="CodeBuild",
                        version="1",
                        input_artifacts=["source"],
                        configuration={"ProjectName": project.name},
                    )
                ],
            ),
        ]
        self.pipeline = Codepipeline(
            self,
            "pipeline",
            name=stage.named("data"),
            role_arn=role.arn,
            artifact_store=[CodepipelineArtifactStore(location=ARTIFACT_BUCKET, type="S3")],
            stage=stages,
        )
