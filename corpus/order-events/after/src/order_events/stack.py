"""The stack that puts the parts together."""

from __future__ import annotations

from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags
from constructs import Construct

from .api import OrderApi
from .compute import FunctionFactory, FunctionSpec, Grant
from .config import Settings
from .messaging import EventBackbone
from .storage import OrderStorage


class OrderEventsStack(TerraformStack):
    """One environment of the order events platform."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        super().__init__(scope, construct_id)
        AwsProvider(
            self,
            "aws",
            region=settings.region,
            default_tags=[AwsProviderDefaultTags(
                tags={
                    "Service": "order-events",
                    "Environment": settings.environment.value,
                    **settings.tags,
                }
            )],
        )
        storage = OrderStorage(self, "storage", settings=settings)
        events = EventBackbone(self, "events", settings=settings, storage=storage)
        factory = FunctionFactory(self, "functions", settings=settings, code=storage.archive)

        read_orders = Grant(("dynamodb:GetItem", "dynamodb:Query"), (storage.orders,), "/index/*")
        write_orders = Grant(
            ("dynamodb:PutItem", "dynamodb:UpdateItem"),
            (storage.orders, storage.idempotency),
        )
        publish = Grant(("events:PutEvents",), (events.bus,))

        common = {
            "ORDERS_TABLE": storage.orders.name,
            "EVENT_BUS": events.bus.name,
        }
        place_order = factory.create(
            FunctionSpec(
                name="place-order",
                handler="orders.place.handler",
                environment={
                    **common,
                    "IDEMPOTENCY_TABLE": storage.idempotency.name,
                },
                grants=(write_orders, publish),
            )
        )
        read_order = factory.create(
            FunctionSpec(
                name="read-order",
                handler="orders.read.handler",
                environment=common,
                grants=(read_orders,),
            )
        )
        steps = {
            title: factory.create(
                FunctionSpec(
                    name=title.lower(),
                    handler=f"fulfilment.{title.lower()}.handler",
                    timeout=60,
                    environment=common,
                    grants=(read_orders, write_orders, publish),
                    dead_letter_queue=events.dead_letters,
                )
            )
            for title in ("Reserve", "Charge", "Ship")
        }
        projector = factory.create(
            FunctionSpec(
                name="projector",
                handler="projections.handler",
                memory_mb=512,
                environment=common,
                grants=(
                    Grant(
                        (
                            "dynamodb:GetRecords",
                            "dynamodb:GetShardIterator",
                            "dynamodb:DescribeStream",
                            "dynamodb:ListStreams",
                        ),
                        (storage.orders,),
                        "/stream/*",
                    ),
                ),
                dead_letter_queue=events.dead_letters,
            )
        )
        events.follow_orders(projector)
        events.consume("payments", steps["Charge"])
        events.consume("shipping", steps["Ship"])
        workflow = events.fulfil(steps)

        api = OrderApi(
            self,
            "api",
            settings=settings,
            routes={
                "POST /orders": place_order,
                "GET /orders/{order_id}": read_order,
            },
            orders=storage.orders,
        )
        TerraformOutput(self, "api_url", value=api.url)
        TerraformOutput(self, "graphql_urls", value=api.graphql.uris)
        TerraformOutput(self, "workflow_arn", value=workflow.arn)
