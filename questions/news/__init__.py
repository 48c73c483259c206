"""What's new: what changed, day by day, by whose word."""
