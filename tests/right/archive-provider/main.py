from cdktf import App, TerraformStack
from cdktf_cdktf_provider_archive.data_archive_file import DataArchiveFile
from cdktf_cdktf_provider_archive.provider import ArchiveProvider
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.provider import AwsProvider


class Functions(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        ArchiveProvider(self, "archive")
        code = DataArchiveFile(self, "code", type="zip", source_dir="../../../src", output_path="code.zip")
        role = IamRole(self, "role", assume_role_policy="{}")
        LambdaFunction(
            self,
            "function",
            function_name="f",
            role=role.arn,
            handler="index.handler",
            runtime="python3.12",
            filename=code.output_path,
            source_code_hash=code.output_base64_sha256,
        )
        LambdaFunction(
            self,
            "other",
            function_name="g",
            role=role.arn,
            handler="index.handler",
            runtime="python3.12",
            filename="code.zip",
            depends_on=[code],
        )


app = App()
Functions(app, "functions")
app.synth()
