from cdktf import App, AzurermBackend, TerraformStack
from cdktf_cdktf_provider_azurerm.network_security_group import NetworkSecurityGroup, NetworkSecurityGroupSecurityRule
from cdktf_cdktf_provider_azurerm.provider import AzurermProvider, AzurermProviderFeatures
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup
from cdktf_cdktf_provider_azurerm.storage_account import StorageAccount
from cdktf_cdktf_provider_azurerm.subnet import Subnet
from cdktf_cdktf_provider_azurerm.virtual_network import VirtualNetwork


class Hub(TerraformStack):
    def __init__(self, scope, ns):
        super().__init__(scope, ns)
        AzurermProvider(self, "azurerm", features=[AzurermProviderFeatures()])
        AzurermBackend(self, storage_account_name="state", container_name="tf", key=ns, resource_group_name="state")
        group = ResourceGroup(self, "group", name="hub", location="West Europe")
        place = {"location": group.location, "resource_group_name": group.name}
        network = VirtualNetwork(self, "network", name="hub", address_space=["10.0.0.0/16"], **place)
        Subnet(
            self,
            "subnet",
            name="default",
            resource_group_name=group.name,
            virtual_network_name=network.name,
            address_prefixes=["10.0.1.0/24"],
        )
        NetworkSecurityGroup(
            self,
            "nsg",
            name="web",
            security_rule=[
                NetworkSecurityGroupSecurityRule(
                    name=f"allow-{port}",
                    priority=100 + i,
                    direction="Inbound",
                    access="Allow",
                    protocol="Tcp",
                    source_port_range="*",
                    destination_port_range=str(port),
                    source_address_prefix="*",
                    destination_address_prefix="*",
                )
                for i, port in enumerate((80, 443))
            ],
            **place,
        )
        StorageAccount(
            self, "account", name="hubdata", account_tier="Standard", account_replication_type="LRS",
            blob_properties={"versioning_enabled": True}, **place,
        )


app = App()
Hub(app, "hub")
app.synth()
