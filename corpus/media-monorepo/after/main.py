"""Builds the apps that the context names: one stack each."""

from cdktf import App

from apps.api.stack import ApiStack
from apps.data.stack import DataStack
from libs.common import Stage

STACKS = {"api": ApiStack, "data": DataStack}


def build() -> App:
    app = App()
    stage = Stage(app.node.try_get_context("stage") or "test")
    for name in app.node.try_get_context("apps") or list(STACKS):
        STACKS[name](app, f"media-{name}-{stage.name}", stage=stage)
    return app


if __name__ == "__main__":
    build().synth()
