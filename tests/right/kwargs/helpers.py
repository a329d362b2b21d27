from cdktf_cdktf_provider_aws.security_group import SecurityGroupIngress


def merged(*dicts, **more):
    result = {}
    for each in (*dicts, more):
        result |= each
    return result


def ingress(port, *, protocol="tcp", **kwargs):
    kwargs.setdefault("cidr_blocks", ["10.0.0.0/8"])
    return SecurityGroupIngress(from_port=port, to_port=port, protocol=protocol, **kwargs)
