"""What each gain in capability costs."""
