"""Secrets in the code."""
