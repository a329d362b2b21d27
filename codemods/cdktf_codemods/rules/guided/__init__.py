"""What only a run shows: these rules look where one has failed."""
