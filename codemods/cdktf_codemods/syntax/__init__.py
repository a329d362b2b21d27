"""One text: its tree, scopes and places. Made once a text, immutable."""
