from constructs import Construct
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from cdktf_cdktf_provider_aws.lb_listener import LbListener, LbListenerDefaultAction
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster
from cdktf_cdktf_provider_aws.ecs_service import EcsService, EcsServiceLoadBalancer
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from lib.config import LOG_DAYS, SERVICES


class ComputeConstruct(Construct):
    def __init__(self, scope: Construct, construct_id: str, *, vpc: Vpc, subnets: list, security_group: SecurityGroup):
        super().__init__(scope, construct_id)
        self.cluster = EcsCluster(self, "cluster", name="main")
        self.alb = Lb(
            self,
            "alb",
            name="alb",
            load_balancer_type="application",
            security_groups=[security_group.id],
            subnets=[s.id for s in subnets],
        )
        self.groups = {}
        for name, settings in SERVICES.items():
            group = self._group(name, settings["port"], vpc)
            self.groups[name] = group
            EcsService(
                self,
                f"{name}-service",
                name=name,
                cluster=self.cluster.arn,
                desired_count=settings["count"],
                load_balancer=[
                    EcsServiceLoadBalancer(
                        target_group_arn=group.arn, container_name=name, container_port=settings["port"]
                    )
                ],
            )
            CloudwatchLogGroup(self, f"{name}-logs", name=f"/ecs/{name}", retention_in_days=LOG_DAYS)
        LbListener(self, "listener", load_balancer_arn=self.alb.arn, port=80, protocol="HTTP",
                   default_action=[self._forward(self.groups["api"])])

    def _group(self, name, port, vpc):
        return LbTargetGroup(self, f"{name}-tg", name=name, port=port, protocol="HTTP", vpc_id=vpc.id, target_type="ip",
                             deregistration_delay="30", health_check=self._health_check())

    def _health_check(self):
        return {"path": "/health", "interval": 30, "timeout": 5, "matcher": "200"}

    def _forward(self, group):
        return LbListenerDefaultAction(type="forward", target_group_arn=group.arn)
