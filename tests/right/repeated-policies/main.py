import json

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.data_aws_iam_policy_document import (
    DataAwsIamPolicyDocument,
    DataAwsIamPolicyDocumentStatement,
    DataAwsIamPolicyDocumentStatementPrincipals,
)
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.provider import AwsProvider
from constructs import Construct


class Roles(Construct):
    def __init__(self, scope, construct_id, first, second, third, fourth):
        super().__init__(scope, construct_id)
        for name in (first, second, third, fourth):
            document = DataAwsIamPolicyDocument(
                self,
                f"{name}-trust",
                statement=[
                    DataAwsIamPolicyDocumentStatement(
                        actions=["sts:AssumeRole"],
                        principals=[
                            DataAwsIamPolicyDocumentStatementPrincipals(type="Service", identifiers=[f"{name}.amazonaws.com"])
                        ],
                    )
                ],
            )
            IamRole(self, name, assume_role_policy=document.json)


class Policies(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        Roles(self, "roles", "lambda", "ec2", "ecs", "states")
        task = IamRole(self, "task", assume_role_policy=json.dumps({
            "Version": "2012-10-17",
            "Statement": [{"Action": "sts:AssumeRole", "Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}}],
        }))
        IamRole(self, "execution", assume_role_policy=json.dumps({
            "Version": "2012-10-17",
            "Statement": [{"Action": "sts:AssumeRole", "Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}}],
        }))
        IamRolePolicy(self, "inline", role=task.id, policy=json.dumps({"Statement": []}))


app = App()
Policies(app, "policies")
app.synth()
