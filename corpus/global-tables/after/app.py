#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Tabelle globali: DynamoDB in due regioni."""
from cdktf import App, TerraformStack
import cdktf_cdktf_provider_aws as aws
import cdktf_cdktf_provider_aws.dynamodb_table_replica
import cdktf_cdktf_provider_aws.ec2_managed_prefix_list
import cdktf_cdktf_provider_aws.ec2_managed_prefix_list_entry
from cdktf_cdktf_provider_aws.dynamodb_table import DynamodbTable, DynamodbTableAttribute
from cdktf_cdktf_provider_aws.provider import AwsProvider

REGIONS = {'primary': 'eu-south-1', 'replica': 'eu-west-1'}


class GlobalTables(TerraformStack):
    def __init__(self, scope, ns):
        super().__init__(scope, ns)
        providers = {
            name: AwsProvider(self, f'aws-{name}', region=region, alias=name) for name, region in REGIONS.items()
        }
        table = DynamodbTable(
            self, 'sessions', name='sessions', billing_mode='PAY_PER_REQUEST', hash_key='pk',
            attribute=[DynamodbTableAttribute(name='pk', type='S')],
            stream_enabled=True, stream_view_type='NEW_AND_OLD_IMAGES',
            provider=providers['primary'],
        )
        # la replica è nell'altra regione
        cdktf_cdktf_provider_aws.dynamodb_table_replica.DynamodbTableReplicaA(
            self, 'replica', global_table_arn=table.arn, provider=providers['replica'])
        prefixes = aws.ec2_managed_prefix_list.Ec2ManagedPrefixList(
            self, 'uffici', name='uffici', address_family='IPv4', max_entries=5, provider=providers['primary'])
        for i, cidr in enumerate(['192.0.2.0/24', '198.51.100.0/24']):
            aws.ec2_managed_prefix_list_entry.Ec2ManagedPrefixListEntryA(
                self, f'ufficio-{i}', cidr=cidr, prefix_list_id=prefixes.id, provider=providers['primary'])


app = App()
GlobalTables(app, 'global-tables')
app.synth()
