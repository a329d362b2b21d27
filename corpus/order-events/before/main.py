"""Synthesise the order events platform for every environment."""

from __future__ import annotations

from cdktf import App

from src.order_events import Environment, OrderEventsStack, Settings


def main() -> None:
    app = App()
    for environment in Environment:
        settings = Settings.for_environment(environment).with_tags(Repository="github.com/acme/order-events")
        OrderEventsStack(app, f"order-events-{environment.value}", settings=settings)
    app.synth()


if __name__ == "__main__":
    main()
