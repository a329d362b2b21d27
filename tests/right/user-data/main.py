import base64
import gzip
import textwrap
from base64 import b64encode
from pathlib import Path
from string import Template

from cdktf import App, Fn, TerraformStack, TerraformVariable, Token
from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

SCRIPT = """#!/bin/bash
for n in $(seq 1 ${COUNT:-3}); do echo "$n"; done
"""
RAW = Template("#!/bin/sh\nexport PORT=${port}\necho $$HOME\n")


def encoded(text: str) -> str:
    return b64encode(text.encode()).decode()


class Script:
    def __init__(self, *lines):
        self.lines = ["#!/bin/bash", *lines]

    def add(self, line):
        self.lines.append(line)
        return self

    def render(self):
        raw = base64.b64encode("\n".join(self.lines).encode())
        return raw.decode("ascii")


app = App()
stack = TerraformStack(app, "user-data")
AwsProvider(stack, "aws", region="eu-west-1")
given = TerraformVariable(stack, "given", type="string", default="IyEvYmluL3NoCg==")
queue = SqsQueue(stack, "queue")
data = b64encode(gzip.compress(SCRIPT.encode(), mtime=0))
templates = {
    "function": encoded(SCRIPT),
    "class": Script("yum -y update").add("echo ${HOME}").render(),
    "bytes": str(data, "ascii"),
    "gzip": data.decode(),
    "literal": "IyEvYmluL3NoCmVjaG8gaGVsbG8K",
    "variable": given.string_value,
    "terraform": Fn.base64encode(f"#!/bin/sh\necho {queue.url}\n"),
    "wrapped": Token.as_string(Fn.base64encode("#!/bin/sh\n")),
    "expression": "${base64encode(\"#!/bin/sh\")}",
    "file": Path(__file__).with_name("boot.b64").read_text(encoding="ascii").strip(),
    "dedent": encoded(textwrap.dedent(SCRIPT)),
}
for name, user_data in templates.items():
    LaunchTemplate(stack, name, user_data=user_data)
LaunchTemplate(stack, "bytes2", user_data=str(b64encode(SCRIPT.encode("utf-8")), "utf-8"))
LaunchTemplate(stack, "file2", user_data=Path("boot.b64").read_text())
LaunchTemplate(stack, "wrapped2", user_data=Token.as_string(Fn.base64encode("#!/bin/sh\n")))
LaunchTemplate(stack, "expression2", user_data="${base64encode(\"#!/bin/sh\")}")
LaunchTemplate(stack, "format2", user_data=f"{encoded(SCRIPT)}")
LaunchTemplate(stack, "none", user_data=None, image_id="ami-1")
Instance(stack, "plain", ami="ami-1", instance_type="t3.micro", user_data="#!/bin/sh\necho $HOME $(date) $${USER} 100%\n")
Instance(stack, "substituted", ami="ami-1", instance_type="t3.micro", user_data=RAW.substitute(port=80))
Instance(stack, "replaced", ami="ami-1", instance_type="t3.micro", user_data=SCRIPT.replace("${", "$${"))
Instance(stack, "filled", ami="ami-1", instance_type="t3.micro", user_data="PORT=${port}".replace("${port}", "80"))
Instance(stack, "based", ami="ami-1", instance_type="t3.micro", user_data_base64=encoded(SCRIPT))
app.synth()
