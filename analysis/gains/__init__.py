"""What each gain in capability costs, and what a budget buys, over time."""
