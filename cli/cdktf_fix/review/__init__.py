"""``cdktf-fix review``: repair by repair, accepted or rejected at a terminal."""
