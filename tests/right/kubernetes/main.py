from cdktf import App, TerraformStack
from cdktf_cdktf_provider_kubernetes.deployment_v1 import (
    DeploymentV1,
    DeploymentV1Metadata,
    DeploymentV1Spec,
    DeploymentV1SpecSelector,
    DeploymentV1SpecTemplate,
    DeploymentV1SpecTemplateMetadata,
    DeploymentV1SpecTemplateSpec,
    DeploymentV1SpecTemplateSpecContainer,
    DeploymentV1SpecTemplateSpecContainerPort,
)
from cdktf_cdktf_provider_kubernetes.namespace_v1 import NamespaceV1
from cdktf_cdktf_provider_kubernetes.provider import KubernetesProvider
from cdktf_cdktf_provider_kubernetes.service_v1 import ServiceV1, ServiceV1SpecPort

LABELS = {"app": "web"}


class Web(TerraformStack):
    def __init__(self, scope, ns):
        super().__init__(scope, ns)
        KubernetesProvider(self, "kubernetes", config_path="~/.kube/config")
        namespace = NamespaceV1(self, "namespace", metadata={"name": "web", "labels": LABELS})
        DeploymentV1(
            self,
            "web",
            metadata=DeploymentV1Metadata(name="web", namespace=namespace.metadata.name, labels=LABELS),
            spec=DeploymentV1Spec(
                replicas="2",
                selector=DeploymentV1SpecSelector(match_labels=LABELS),
                template=DeploymentV1SpecTemplate(
                    metadata=DeploymentV1SpecTemplateMetadata(labels=LABELS),
                    spec=DeploymentV1SpecTemplateSpec(
                        container=[
                            DeploymentV1SpecTemplateSpecContainer(
                                name="web",
                                image="nginx:1.27",
                                port=[DeploymentV1SpecTemplateSpecContainerPort(container_port=80)],
                                command=["sh", "-c", "echo $HOME; exec nginx"],
                            )
                        ]
                    ),
                ),
            ),
        )
        ServiceV1(
            self,
            "service",
            metadata={"name": "web", "namespace": "web"},
            spec={"selector": LABELS, "port": [ServiceV1SpecPort(port=80, target_port="80")], "type": "ClusterIP"},
        )


app = App()
Web(app, "web")
app.synth()
