"""What one version of a provider accepts: assembly reader, snapshot store, look-ups."""

from .schema import ApiClass, Parameter, Schema, Signature

__all__ = ["ApiClass", "Parameter", "Schema", "Signature"]
