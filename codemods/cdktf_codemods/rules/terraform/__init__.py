"""Terraform's side: lists that only it knows, its templates, its backend."""
