from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.elasticache_cluster import ElasticacheCluster
from cdktf_cdktf_provider_aws.opensearch_domain import OpensearchDomain
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster
from cdktf_cdktf_provider_aws.rds_cluster_instance import RdsClusterInstance

POSTGRES = "16.8"
VERSIONS = {"mysql": "8.0.41", "postgres": "17.4"}


class Data(TerraformStack):
    def __init__(self, scope, construct_id):
        super().__init__(scope, construct_id)
        AwsProvider(self, "aws", region="eu-west-1")
        cluster = RdsCluster(
            self,
            "cluster",
            engine="aurora-postgresql",
            engine_version=POSTGRES,
            master_username="app",
            manage_master_user_password=True,
        )
        RdsClusterInstance(
            self,
            "writer",
            cluster_identifier=cluster.id,
            engine=cluster.engine,
            engine_version=cluster.engine_version,
            instance_class="db.r6g.large",
        )
        for engine, version in VERSIONS.items():
            DbInstance(
                self,
                engine,
                engine=engine,
                engine_version=version,
                instance_class="db.t4g.micro",
                allocated_storage=20,
                auto_minor_version_upgrade=False,
                username="app",
                manage_master_user_password=True,
                skip_final_snapshot=True,
            )
        ElasticacheCluster(self, "cache", cluster_id="c", engine="redis", engine_version="7.1", node_type="cache.t4g.micro")
        OpensearchDomain(self, "search", domain_name="search", engine_version="OpenSearch_2.13")


app = App()
Data(app, "data")
app.synth()
