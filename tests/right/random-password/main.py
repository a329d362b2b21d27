from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_random.password import Password
from cdktf_cdktf_provider_random.provider import RandomProvider


class Database(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        RandomProvider(self, "random")
        password = Password(self, "password", length=32, special=False, keepers={"user": "app"})
        DbInstance(
            self,
            "db",
            instance_class="db.t4g.micro",
            engine="mysql",
            engine_version="8.0",
            username="app",
            password=password.result,
        )


app = App()
Database(app, "database")
app.synth()
