from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress

MAKERS = {}


def maker(function=None, *, name=None):
    def keep(function):
        MAKERS[name or function.__name__] = function
        return function

    return keep(function) if function is not None else keep


@maker(name="web")
def _web(scope, *, vpc, made, **_):
    rules = [dict(from_port=p, to_port=p, protocol="tcp") for p in (80, 443)]
    group = SecurityGroup(scope, "web", vpc_id=vpc.id, ingress=[SecurityGroupIngress(**rule, cidr_blocks=["0.0.0.0/0"]) for rule in rules])
    return group


def make_db(scope, *, vpc, made, port=5432):
    ingress = {"from_port": port, "to_port": port, "protocol": "tcp"}
    ingress["security_groups"] = [made["web"].id]
    return SecurityGroup(scope, "db", vpc_id=vpc.id, ingress=[SecurityGroupIngress(**ingress)])
