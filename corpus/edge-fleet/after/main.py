#!/usr/bin/env python3
import os
import sys

from cdktf import App

from edge import EdgeFleet
from edge.monitoring import MonitoringStack

REGIONS = os.getenv("EDGE_REGIONS", "us-east-1,eu-west-1,ap-southeast-2").split(",")


def main() -> int:
    app = App()
    fleet = EdgeFleet(app, "edge-fleet", regions=REGIONS, domain="play.example.net")
    MonitoringStack(app, "edge-monitoring", regions=REGIONS, endpoints=fleet.endpoints)
    app.synth()
    return 0


if __name__ == "__main__":
    sys.exit(main())
