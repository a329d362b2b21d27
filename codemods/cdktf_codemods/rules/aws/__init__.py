"""What AWS refuses."""
