"""Lint that fails a build."""
