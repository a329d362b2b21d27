"""Checks that the latest snapshot is young enough."""
from datetime import datetime


def age(latest_snapshot):
    """How old a snapshot is."""
    snapshot_age = (
        datetime.now(latest_snapshot['SnapshotCreateTime'].tzinfo) - latest_snapshot['SnapshotCreateTime']
    )  # UTC
    return snapshot_age
