"""Charts of how fast models answer."""
