from cdktf_cdktf_provider_aws import iam, lambdafunction
from cdktf_cdktf_provider_aws.s3 import S3Bucket


def api(stack, bucket: S3Bucket) -> lambdafunction.LambdaFunction:
    role = iam.IamRole(stack, "lambda", assume_role_policy="{}")
    environment = lambdafunction.LambdaFunctionEnvironment(variables={"BUCKET": bucket.bucket})
    return lambdafunction.LambdaFunction(
        stack, "api", function_name="api", role=role.arn, handler="index.handler", runtime="nodejs16.x",
        s3_bucket=bucket.bucket, s3_key="api.zip", environment=environment,
    )
