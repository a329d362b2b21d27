"""Checks that check nothing, and deliverables that are missing."""
