#!/usr/bin/env python3
"""Synthesizes the clinical records platform for one environment."""
import os

from cdktf import App

from lib.clinic_stack import ClinicStack
from lib.config import load_config


def main() -> None:
    """Build the app and synthesize it."""
    app = App()
    environment = os.getenv("ENVIRONMENT_SUFFIX", "staging")
    config = load_config(environment)
    ClinicStack(app, f"clinical-records-{environment}", config=config)
    app.synth()


if __name__ == "__main__":
    main()
