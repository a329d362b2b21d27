"""What providers and their services are called besides the names in the provider's schema. Data, with its sources."""

from __future__ import annotations

_PROVIDERS = {
    # The vendor's own names for what Terraform's registry calls by the key.
    "aws": ("amazon",),
    "azurerm": ("azure",),
    "google": ("gcp", "googlecloud"),  # cloud.google.com: "Google Cloud Platform (GCP)"
    "google-beta": ("google", "gcp", "googlecloud"),
    "kubernetes": ("k8s", "kube"),  # kubernetes.io, "What is Kubernetes": "abbreviated as K8s"
}

_SERVICES: dict[str, dict[str, tuple[str, ...]]] = {
    # Vendor's name of a service → what the provider's names begin with, the likelier first. "" where they begin with
    # none. Sources: the page of each resource in the registry, which names the service; AWS's service list.
    "aws": {
        "application auto scaling": ("appautoscaling",),
        "application autoscaling": ("appautoscaling",),
        "application load balancer": ("lb",),  # registry: aws_lb, "aws_alb is known as aws_lb"
        "alb": ("lb",),
        "api gateway http": ("apigatewayv2",),  # registry: aws_apigatewayv2_api, "HTTP and WebSocket APIs"
        "aurora": ("rds",),  # registry: aws_rds_cluster, "Manages a RDS Aurora Cluster"
        "certificate manager": ("acm",),
        "cloud map": ("service discovery",),  # registry: category "Cloud Map" of aws_service_discovery_*
        "cloudwatch events": ("cloudwatch event",),
        "cloudwatch logs": ("cloudwatch log",),
        "cognito idp": ("cognito",),
        "database migration service": ("dms",),
        "db": ("rds",),  # registry: category "RDS (Relational Database)" of aws_db_* and aws_rds_*
        "direct connect": ("dx",),
        "document db": ("docdb",),
        "ec2": ("", "ebs"),  # registry: category "EC2 (Elastic Compute Cloud)" of aws_instance, aws_key_pair …
        "elastic compute cloud": ("", "ec2"),
        "elastic container registry": ("ecr",),
        "elastic container service": ("ecs",),
        "elastic file system": ("efs",),
        "elastic ip": ("eip",),
        "elastic kubernetes service": ("eks",),
        "elastic load balancer": ("lb",),
        "elastic load balancing": ("lb",),
        "elastic map reduce": ("emr",),
        "elb": ("lb",),
        "elbv2": ("lb",),  # AWS CLI: the service of application and network load balancers
        "eventbridge": ("cloudwatch event", "scheduler", "pipes", "schemas"),  # registry: categories "EventBridge …"
        "event bridge": ("cloudwatch event", "scheduler", "pipes", "schemas"),
        "events": ("cloudwatch event",),  # AWS's own namespace, AWS::Events
        "firehose": ("kinesis firehose",),
        "kinesis data firehose": ("kinesis firehose",),
        "key management service": ("kms",),
        "load balancer": ("lb",),
        "logs": ("cloudwatch log",),  # AWS's own namespace, AWS::Logs
        "managed kafka": ("msk",),
        "network load balancer": ("lb",),
        "rds": ("db",),
        "simple email service": ("ses",),
        "simple notification service": ("sns",),
        "simple queue service": ("sqs",),
        "simple storage service": ("s3",),
        "step functions": ("sfn",),  # registry: category "SFN (Step Functions)"
        "step function": ("sfn",),
        "systems manager": ("ssm",),
        "transit gateway": ("ec2 transit gateway",),
        "vpc": ("",),  # registry: category "VPC (Virtual Private Cloud)" of aws_subnet, aws_route_table …
    },
    "google": {
        "bucket": ("storage bucket",),
        "cloud build": ("cloudbuild",),
        "cloud dns": ("dns",),
        "cloud functions": ("cloudfunctions", "cloudfunctions2"),
        "cloud kms": ("kms",),
        "cloud run": ("cloud run", "cloud run v2"),
        "cloud sql": ("sql",),  # registry: category "Cloud SQL" of google_sql_*
        "cloud storage": ("storage",),
        "gce": ("compute",),  # cloud.google.com: "Compute Engine"
        "gcs": ("storage",),  # cloud.google.com: "Cloud Storage"
        "gke": ("container",),  # registry: category "Kubernetes (Container) Engine" of google_container_*
        "kubernetes engine": ("container",),
        "memorystore": ("redis",),  # registry: category "Memorystore (Redis)"
        "vpc": ("compute",),
        "vpc network": ("compute network",),
    },
    "azurerm": {
        "aks": ("kubernetes",),  # registry: azurerm_kubernetes_cluster, "also known as AKS"
        "vm": ("virtual machine",),
        "vnet": ("virtual network",),
        "acr": ("container registry",),
        "nsg": ("network security group",),
    },
}  # fmt: skip


def provider_names(provider: str) -> tuple[str, ...]:
    """What a provider is called, in lower-case letters, the longest name first."""
    own = provider.replace("-", "").replace("_", "")
    return tuple(sorted({own, *_PROVIDERS.get(provider, ())}, key=len, reverse=True)) if own else ()


def in_own_words(provider: str, module: str, name: str) -> str:
    """A name that begins with the construct of *module* by another name of its service, with its own instead.

    ``load_balancer_arn`` of an ``lb`` is ``lb_arn``.
    """
    for service, every in service_names(provider).items():
        for begins in every:
            own = begins.replace(" ", "_")
            if own and f"{module}_".startswith(f"{own}_"):
                other = service.replace(" ", "_") + module.removeprefix(own)
                if name.startswith(f"{other}_"):
                    return module + name.removeprefix(other)
    return name


def service_names(provider: str) -> dict[str, tuple[str, ...]]:
    """Of a provider: a service's name in words → what the names of its resources begin with."""
    return _SERVICES.get(provider, {})
