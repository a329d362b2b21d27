"""What a Terraform provider accepts, read from the provider itself: asked with values that nothing allows, it tells."""
