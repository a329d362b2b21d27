"""What an environment gets is matched on what it says of itself."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any, assert_never

from cdktf import App, TerraformStack, TerraformVariable
from cdktf_cdktf_provider_azurerm.key_vault import KeyVault
from cdktf_cdktf_provider_azurerm.linux_web_app import (
    LinuxWebApp,
    LinuxWebAppSiteConfig,
    LinuxWebAppSiteConfigApplicationStack,
)
from cdktf_cdktf_provider_azurerm.provider import AzurermProvider, AzurermProviderFeatures
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup
from cdktf_cdktf_provider_azurerm.service_plan import ServicePlan


class Kind(StrEnum):
    PREVIEW = auto()
    TEST = auto()
    LIVE = auto()


@dataclass(frozen=True)
class Environment:
    kind: Kind
    region: str = "westeurope"
    pull_request: int | None = None

    __match_args__ = ("kind", "pull_request")


def environment(text: str) -> Environment:
    match text.split("-"):
        case ["pr", number] if number.isdecimal():
            return Environment(Kind.PREVIEW, pull_request=int(number))
        case ["live" | "prod", region]:
            return Environment(Kind.LIVE, region)
        case ["live" | "prod"]:
            return Environment(Kind.LIVE)
        case [name, *_] if re.fullmatch(r"test\d*", name):
            return Environment(Kind.TEST)
        case _:
            raise ValueError(f"no environment is called {text!r}")


def size(each: Environment) -> str:
    match each:
        case Environment(Kind.PREVIEW):
            return "B1"
        case Environment(Kind.TEST):
            return "B2"
        case Environment(Kind.LIVE, region=region):
            return "P2v3" if region == "westeurope" else "P1v3"
        case other:
            assert_never(other)


def site(options: dict[str, Any]) -> LinuxWebAppSiteConfig:
    match options:
        case {"python": str(version), **rest}:
            stack = LinuxWebAppSiteConfigApplicationStack(python_version=version)
        case {"image": str(image), "tag": (str() | int()) as tag, **rest}:
            stack = LinuxWebAppSiteConfigApplicationStack(docker_image_name=f"{image}:{tag}")
        case _:
            raise TypeError(options)
    return LinuxWebAppSiteConfig(application_stack=stack, always_on=bool(rest.get("always_on", True)))


class Web(TerraformStack):
    def __init__(self, scope: App, name: str, each: Environment) -> None:
        super().__init__(scope, name)
        AzurermProvider(self, "azurerm", features=[AzurermProviderFeatures()])
        tenant = TerraformVariable(self, "tenant", type="string")
        group = ResourceGroup(self, "group", name=f"rg-{name}", location=each.region)
        at = {"location": group.location, "resource_group_name": group.name}
        plan = ServicePlan(self, "plan", name=f"plan-{name}", os_type="Linux", sku_name=size(each), **at)
        match each.kind:
            case Kind.PREVIEW:
                sites = {f"pr{each.pull_request}": {"python": "3.12", "always_on": False}}
            case Kind.TEST | Kind.LIVE:
                sites = {"web": {"python": "3.12"}, "docs": {"image": "example/docs", "tag": 3}}
                KeyVault(self, "vault", name=f"kv-{name}", sku_name="standard", tenant_id=tenant.string_value, **at)
        for key, options in sites.items():
            LinuxWebApp(self, key, name=f"{key}-{name}", service_plan_id=plan.id, site_config=site(options), **at)


app = App()
for text in os.environ.get("ENVIRONMENTS", "test,live,pr-17").split(","):
    Web(app, f"web-{text}", environment(text))
app.synth()
