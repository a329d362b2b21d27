"""Archives that are made when the stack is synthesised."""
import shutil
import zipfile
from pathlib import Path

from cdktf import App, AssetType, Fn, TerraformAsset, TerraformStack
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from cdktf_cdktf_provider_aws.provider import AwsProvider

HERE = Path(__file__).parent


def packed(name: str) -> str:
    target = HERE / "build" / f"{name}.zip"
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        archive.write(HERE / "src" / f"{name}.py", f"{name}.py")
    return str(target)


class Functions(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        role = IamRole(self, "role", assume_role_policy="{}")
        archive = packed("resize")
        LambdaFunction(
            self, "resize", function_name="resize", role=role.arn, handler="resize.handler", runtime="python3.12",
            filename=archive, source_code_hash=Fn.filebase64sha256(archive),
        )
        asset = TerraformAsset(self, "asset", path=str(HERE / "src"), type=AssetType.ARCHIVE)
        LambdaFunction(
            self, "notify", function_name="notify", role=role.arn, handler="notify.handler", runtime="python3.12",
            filename=asset.path, source_code_hash=asset.asset_hash,
        )
        shutil.make_archive(str(HERE / "all"), "zip", HERE / "src")
        LambdaFunction(
            self, "all", function_name="all", role=role.arn, handler="notify.handler", runtime="python3.12",
            filename="all.zip",
        )


app = App()
Functions(app, "functions")
app.synth()
