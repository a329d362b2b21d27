from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from constructs import Construct

from helpers import ingress, merged

DEFAULTS = dict(engine="postgres", instance_class="db.t4g.micro", allocated_storage=20, username="app")
SETTINGS = {"port": 8080, "delay": 30, "name": "api", "health": {"path": "/", "interval": 30}}


class Database(Construct):
    def __init__(self, scope, construct_id, *args, **kwargs):
        super().__init__(scope, construct_id)
        storage = kwargs.pop("storage", DEFAULTS["allocated_storage"])
        self.label = kwargs.get("identifier", "none")
        options = {**DEFAULTS, **kwargs, "allocated_storage": storage, "manage_master_user_password": True}
        self.instance = DbInstance(self, "db", **options)
        self.args = args


class Service(Construct):
    def __init__(self, scope, construct_id, port, delay, name, health, **rest):
        super().__init__(scope, construct_id)
        self.url = f"http://{name}:{port + 1}?{delay * 2}"
        LbTargetGroup(
            self, "tg", name=name, port=port, protocol="HTTP", deregistration_delay=str(delay), health_check=health, **rest
        )


class Kwargs(TerraformStack):
    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", **{"region": "eu-west-1", **kwargs})
        Database(self, "small", identifier="small")
        Database(self, "large", storage=100, **{"multi_az": True, "apply_immediately": True})
        service = Service(self, "service", **SETTINGS, vpc_id="vpc-1")
        SecurityGroup(self, "sg", **merged({"description": service.url}, ingress=[ingress(**{"port": SETTINGS["port"]})]))
        arguments = ["positional", "sg2"]
        SecurityGroup(*[self, arguments[1]], description=arguments[0])


app = App()
Kwargs(app, "kwargs", max_retries=3)
app.synth()
