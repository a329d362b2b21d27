"""Driven by the schema, for every construct of every provider."""
