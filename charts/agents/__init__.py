"""Charts of what agents solve."""
