"""Compare: two to five models side by side."""
