import os
from datetime import timedelta

from .model import Database, Queue, Service, Settings

_SERVICES = (
    Service("web", port=8080, environment={"LOG_LEVEL": "info"}),
    Service(
        "worker",
        cpu=512,
        memory=1024,
        drain=120,
        queues=(Queue("jobs", visibility=timedelta(minutes=5)), Queue("mail", fifo=True)),
    ),
)


def load(stage: str | None = None) -> Settings:
    stage = stage or os.environ.get("STAGE", "dev")
    storage = 100 if stage == "prod" else 20
    settings = Settings(stage, _SERVICES, Database(f"app-{stage}", storage=storage))
    return settings.with_tags(Stage=stage, Owner="platform")
