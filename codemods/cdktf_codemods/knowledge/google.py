"""What google asks for that the provider's schema does not say. Data, with its source beside it."""

from __future__ import annotations

from ..schema import ApiClass

_BY_LINK = ("network", "subnetwork")


def taken_of(made: ApiClass, argument: str) -> str | None:
    """The attribute of another resource that an argument takes; None if unknown.

    Source: "Argument Reference" of the resources of Compute Engine and Kubernetes Engine in the google provider's
    documentation, version 6: "the name or self_link of the network".
    """
    is_known = made.provider == "google" and made.submodule.startswith(("compute_", "container_cluster"))
    return "self_link" if is_known and argument in _BY_LINK else None
