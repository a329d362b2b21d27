"""Servers and the load balancer of the payment API."""
from textwrap import dedent

from cdktf_cdktf_provider_aws.instance import Instance
from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from cdktf_cdktf_provider_aws.wafv2_web_acl_association import Wafv2WebAclAssociation
from constructs import Construct

from .database_stack import DatabaseStack


def worker_script(port: int) -> str:
    """What a worker runs."""
    lines = ["#!/bin/bash", f"PORT={port}", "echo \"listening on ${PORT:-80}\""]
    lines.append("curl -s -w '%{http_code}' localhost:${PORT}")
    return "\n".join(lines)


class ComputeStack(Construct):
    """Auto scaling behind a load balancer."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        environment_suffix: str,
        vpc_id: str,
        subnet_ids: list,
        waf_web_acl_id: str,
        database: DatabaseStack,
    ):
        super().__init__(scope, construct_id)
        port = 8080
        user_data = f"""#!/bin/bash
cat > /opt/app.js <<'EOF'
const port = {port};
console.log(`Payment API listening on port ${{port}}`);
EOF
"""
        self.template = LaunchTemplate(
            self, "api", name_prefix="api", image_id="ami-123", instance_type="t3.micro", user_data=user_data
        )
        settings = dedent(f"""\
            #!/bin/bash
            echo "DATABASE={database.endpoint}" > "${{HOME}}/env"
        """)
        LaunchTemplate(self, "jobs", name_prefix="jobs", image_id="ami-123", instance_type="t3.micro", user_data=settings)
        Instance(self, "worker", ami="ami-123", instance_type="t3.micro", user_data=worker_script(port))
        self.alb = Lb(self, "alb", name=f"payments-{environment_suffix}", subnets=subnet_ids)
        LbTargetGroup(
            self, "api-targets", name=f"api-{environment_suffix}", port=port, vpc_id=vpc_id, deregistration_delay=30
        )
        Wafv2WebAclAssociation(self, "waf", resource_arn=self.alb.arn, web_acl_arn=waf_web_acl_id)
