"""Charts of the relay of S-curves."""
