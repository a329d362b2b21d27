"""Every module in ``services`` registers what it adds; the app does not know them by name."""

from importlib import import_module
from pkgutil import iter_modules

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_kubernetes.namespace_v1 import NamespaceV1
from cdktf_cdktf_provider_kubernetes.provider import KubernetesProvider

import services
from registry import REGISTERED, Context


class Cluster(TerraformStack):
    def __init__(self, scope, ns, context="minikube"):
        super().__init__(scope, ns)
        KubernetesProvider(self, "kubernetes", config_path="~/.kube/config", config_context=context)
        namespace = NamespaceV1(self, "namespace", metadata={"name": ns, "labels": {"managed-by": "cdktf"}})
        made = Context(self, namespace.metadata.name)
        for name, entry in sorted(REGISTERED.items(), key=lambda each: (each[1].order, each[0])):
            made.results[name] = entry.add(made, **entry.options)


for module in iter_modules(services.__path__):
    import_module(f"{services.__name__}.{module.name}")

app = App()
Cluster(app, "apps")
app.synth()
