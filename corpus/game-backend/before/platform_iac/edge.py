"""The load balancer of the API, and which path goes where."""
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import LbListener
from cdktf_cdktf_provider_aws.lb_listener_rule import LbListenerRule
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck
from cdktf_cdktf_provider_aws.wafv2_web_acl import (
    Wafv2WebAcl,
    Wafv2WebAclDefaultAction,
    Wafv2WebAclRule,
    Wafv2WebAclRuleAction,
    Wafv2WebAclRuleVisibilityConfig,
    Wafv2WebAclVisibilityConfig,
)
from cdktf_cdktf_provider_aws.wafv2_web_acl_association import Wafv2WebAclAssociation

from platform_iac.blocks import named, slug, tagged
from platform_iac.config import ROUTES, TARGETS


def build_web_acl(stack, config, balancer):
    """No more than a thousand requests from one address in five minutes."""
    acl = Wafv2WebAcl(
        stack,
        "web-acl",
        name=named(config, "game-api"),
        scope="REGIONAL",
        default_action=Wafv2WebAclDefaultAction(allow={}),
        rule=[
            Wafv2WebAclRule(
                name="rate",
                priority=1,
                action=Wafv2WebAclRuleAction(block={}),
                statement={"rate_based_statement": {"limit": 1000, "aggregate_key_type": "IP"}},
                visibility_config=Wafv2WebAclRuleVisibilityConfig(
                    cloudwatch_metrics_enabled=True, metric_name="rate", sampled_requests_enabled=True
                ),
            )
        ],
        visibility_config=Wafv2WebAclVisibilityConfig(
            cloudwatch_metrics_enabled=True, metric_name="game-api", sampled_requests_enabled=True
        ),
    )
    Wafv2WebAclAssociation(stack, "web-acl-association", resource_arn=balancer.arn, web_acl_arn=acl.id)


def build_edge(stack, config, game, security_groups):
    """The target groups, by name."""
    balancer = Lb(
        stack,
        "api-lb",
        name=named(config, "game-api"),
        load_balancer_type="application",
        subnets=[subnet.id for subnet in game["subnets"]["public"]],
        security_groups=[security_groups["load-balancer"].id],
        tags=tagged(config, "game-api"),
    )
    build_web_acl(stack, config, balancer)

    groups = {}
    for name, target in TARGETS.items():
        groups[name] = LbTargetGroup(
            stack,
            f"{name}-targets",
            name=named(config, name),
            port=target["port"],
            protocol="HTTP",
            vpc_id=game["vpc"].id,
            deregistration_delay=target["drain"],
            health_check=LbTargetGroupHealthCheck(path=target["health"], interval=15),
            tags=tagged(config, name),
        )

    default = groups["matchmaking"]
    listener = LbListener(
        stack,
        "api-listener",
        load_balancer_arn=balancer.arn,
        port=80,
        protocol="HTTP",
        default_action=[{"type": "forward", "target_group_arn": default.arn}],
    )
    for route in ROUTES:
        conditions = [{"path_pattern": {"values": route["paths"]}}]
        if route["target"] == "leaderboards":
            conditions.append({"http_request_method": {"values": ["GET", "HEAD"]}})
        LbListenerRule(
            stack,
            f"{slug(route['paths'][0])}-rule",
            listener_arn=listener.arn,
            priority=route["priority"],
            condition=conditions,
            action=[dict(type="forward", target_group_arn=groups[route["target"]].arn)],
        )
    return groups
