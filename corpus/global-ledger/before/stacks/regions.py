'''The regions of the ledger, and what several stacks share.'''

REGIONS = {
    'primary': {
        'name': 'us-east-1',
        'cidr': '10.10.0.0/16',
        'role': 'PRIMARY',
        'node_count': 3,
        'weight': 90,
    },
    'secondary': {
        'name': 'eu-west-1',
        'cidr': '10.20.0.0/16',
        'role': 'SECONDARY',
        'node_count': 2,
        'weight': 10,
    },
}

DOMAIN = 'ledger.example.com'

# Partners reach the nodes over their own links
PARTNER_RULES = [
    {'from_port': 8443, 'to_port': 8443, 'protocol': 'tcp', 'cidr_blocks': ['192.0.2.0/24'], 'description': 'A'},
    {'from_port': 8444, 'to_port': 8444, 'protocol': 'tcp', 'cidr_blocks': ['198.51.100.0/24'], 'description': 'B'},
]


def primary():
    '''Where writes go.'''
    return REGIONS['primary']


def secondary():
    '''Where the ledger fails over to.'''
    return REGIONS['secondary']


def tags(suffix, **more):
    '''Tags of every resource.'''
    return {'Project': 'global-ledger', 'Environment': suffix, **more}
