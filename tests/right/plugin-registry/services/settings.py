import json

from cdktf_cdktf_provider_kubernetes.config_map_v1 import ConfigMapV1
from cdktf_cdktf_provider_kubernetes.secret_v1 import SecretV1

from registry import Context, service


@service(order=-1, level="info")
def settings(context: Context, level: str) -> ConfigMapV1:
    document = {"logging": {"level": level}, "workers": 4}
    return ConfigMapV1(
        context.scope, "settings", metadata=context.metadata("settings"), data={"settings.json": json.dumps(document)}
    )


@service("registry-login", order=-1)
def login(context: Context) -> SecretV1:
    return SecretV1(
        context.scope, "login", metadata=context.metadata("login"), type="kubernetes.io/dockerconfigjson",
        data={".dockerconfigjson": "${file(\"~/.docker/config.json\")}"},
    )
