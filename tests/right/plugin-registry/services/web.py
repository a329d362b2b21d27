from cdktf_cdktf_provider_kubernetes.deployment_v1 import (
    DeploymentV1,
    DeploymentV1SpecTemplateSpecContainer,
    DeploymentV1SpecTemplateSpecContainerEnvFrom,
    DeploymentV1SpecTemplateSpecContainerPort,
)
from cdktf_cdktf_provider_kubernetes.ingress_v1 import (
    IngressV1,
    IngressV1Spec,
    IngressV1SpecRule,
    IngressV1SpecRuleHttp,
    IngressV1SpecRuleHttpPath,
)
from cdktf_cdktf_provider_kubernetes.service_v1 import ServiceV1, ServiceV1Spec, ServiceV1SpecPort

from registry import Context, service

PORT = 8000


@service(replicas=2)
def web(context: Context, replicas: int = 1) -> DeploymentV1:
    labels = {"app": "web"}
    settings = context.results["settings"].metadata.name
    container = DeploymentV1SpecTemplateSpecContainer(
        name="web",
        image="example/web:1.4",
        port=[DeploymentV1SpecTemplateSpecContainerPort(container_port=PORT)],
        env_from=[DeploymentV1SpecTemplateSpecContainerEnvFrom(config_map_ref={"name": settings})],
    )
    return DeploymentV1(
        context.scope,
        "web",
        metadata=context.metadata("web"),
        spec={
            "replicas": str(replicas),
            "selector": {"match_labels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"container": [container]}},
        },
    )


@service("web-entry", order=1)
def entry(context):
    exposed = ServiceV1(
        context.scope,
        "web-service",
        metadata=context.metadata("web"),
        spec=ServiceV1Spec(selector={"app": "web"}, port=[ServiceV1SpecPort(port=80, target_port=str(PORT))]),
    )
    backend = {"service": {"name": exposed.metadata.name, "port": {"number": 80}}}
    path = IngressV1SpecRuleHttpPath(path="/", path_type="Prefix", backend=backend)
    return IngressV1(
        context.scope,
        "web-ingress",
        metadata=context.metadata("web"),
        spec=IngressV1Spec(rule=[IngressV1SpecRule(host="web.example.com", http=IngressV1SpecRuleHttp(path=[path]))]),
    )
