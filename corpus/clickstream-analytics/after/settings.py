# Settings of the clickstream analytics pipeline: everything that differs between services is data.
# main.py only loops over these dictionaries.

import os

ENV = os.environ.get("ENVIRONMENT_SUFFIX", "dev")
REGION = os.environ.get("AWS_REGION", "eu-west-1")
PREFIX = f"clickstream-{ENV}"

TAGS = {
    "Application": "clickstream-analytics",
    "Environment": ENV,
    "Owner": "data-engineering",
}

# One Kinesis stream per source of events
STREAMS = {
    "web": {"shard_count": 4, "retention_period": 48},
    "mobile": {"shard_count": 2, "retention_period": 24},
    "server": {"shard_count": 1, "retention_period": 24},
}

# Where raw and derived data goes, and how long it stays
BUCKETS = {
    "raw": {"archive_after": 30, "expire_after": 365},
    "curated": {"archive_after": 90, "expire_after": 1095},
    "athena-results": {"archive_after": None, "expire_after": 14},
}

# Columns of the tables in the Glue catalogue
EVENT_COLUMNS = {
    "event_id": "string",
    "event_type": "string",
    "occurred_at": "timestamp",
    "session_id": "string",
    "user_id": "string",
    "page_url": "string",
    "properties": "map<string,string>",
}

PARTITIONS = {"year": "string", "month": "string", "day": "string"}

# Lambda functions: what they do, what they need
FUNCTIONS = {
    "enrich": {
        "handler": "enrich.handler",
        "description": "Adds geography and device to raw events",
        "memory_size": 512,
        "timeout": 60,
        "environment": {"GEO_DB": "/opt/geo.mmdb", "MAX_BATCH": 500},
    },
    "sessionize": {
        "handler": "sessionize.handler",
        "description": "Groups events into sessions",
        "memory_size": 1024,
        "timeout": 120,
        "environment": {"SESSION_GAP_MINUTES": 30},
    },
    "api": {
        "handler": "api.handler",
        "description": "Serves the dashboards",
        "memory_size": 256,
        "timeout": 15,
        "environment": {"CACHE_TTL": 60},
    },
}

# Dashboards call these routes
ROUTES = {
    "sessions": "GET /sessions",
    "session": "GET /sessions/{id}",
    "funnels": "POST /funnels",
}

# Jobs that Glue runs at night
JOBS = {
    "compact": {"script": "compact.py", "workers": 4, "hour": 1},
    "aggregate": {"script": "aggregate.py", "workers": 8, "hour": 2},
    "export": {"script": "export.py", "workers": 2, "hour": 4},
}

# CIDR blocks that may reach the search domain
OFFICES = {
    "berlin": "198.51.100.0/24",
    "lisbon": "203.0.113.0/25",
}

ALARMS = {
    "iterator-age": {
        "namespace": "AWS/Kinesis",
        "metric_name": "GetRecords.IteratorAgeMilliseconds",
        "statistic": "Maximum",
        "threshold": 60000,
        "evaluation_periods": 5,
    },
    "throttled-writes": {
        "namespace": "AWS/Kinesis",
        "metric_name": "WriteProvisionedThroughputExceeded",
        "statistic": "Sum",
        "threshold": 0,
        "evaluation_periods": 1,
    },
}
