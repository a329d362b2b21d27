"""Runs the rules to rest."""
