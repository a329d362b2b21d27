import json

from cdktf import App, Fn, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.ecs_task_definition import EcsTaskDefinition
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

TEXTS = [
    "${var.a}-${local.b}-${each.key}-${count.index}-${path.module}-${terraform.workspace}",
    "${aws_s3_bucket.other.id}", "${data.aws_region.here.region}", "${module.vpc.id}", "${tls_private_key.k.public_key_pem}",
    "${true ? \"a\" : \"b\"}", "${1 + 1}", "${-1}", "${(var.a)}", "${!var.a}", "${null}", "${true}", "${\"text\"}",
    "${{a = 1}[\"a\"]}", "${[for x in var.list : x][0]}", "${provider::aws::arn_parse(var.a).region}", "$${literal}",
    "%{ if var.a }yes%{ else }no%{ endif }", "%{ for x in var.list ~}${x}%{ endfor ~}", "%{ for k, v in var.map }${k}=${v};%{ endfor }",
    "100%", "$HOME $(pwd) $1", "{not} {{special}}",
]

app = App()
stack = TerraformStack(app, "texts")
AwsProvider(stack, "aws", region="eu-west-1")
bucket = S3Bucket(stack, "bucket", bucket="b")
for i, text in enumerate(TEXTS):
    S3Bucket(stack, f"t{i}", tags={"Text": text})
S3Bucket(stack, "one", tags={"A": "${1 + 1}", "B": "${true ? 1 : 2}", "C": "%{ for x in var.list ~}${x}%{ endfor ~}"})
S3Bucket(stack, "two", bucket=f"{bucket.bucket}-${{var.a}}", tags={"B": f"{bucket.id}$", "C": "${null}", "D": "${(1)}"})
IamPolicy(
    stack, "policy",
    policy=json.dumps({"Statement": [{"Resource": f"{bucket.arn}/$${{aws:username}}/*", "Effect": "Allow"}]}),
)
EcsTaskDefinition(
    stack, "task", family="t", container_definitions=json.dumps(
        [{"name": "a", "image": "a:1", "command": ["sh", "-c", "echo $HOME && exec /bin/a"], "cpu": 256}]
    ),
)
Instance(stack, "server", ami="ami-1", instance_type="t3.micro", user_data=Fn.templatefile("x.tpl", {"port": 80}))
print("${not for Terraform}", f"${bucket.bucket}", "%{neither}")
TerraformOutput(stack, "out", value="${aws_instance.server.id}")
app.synth()
