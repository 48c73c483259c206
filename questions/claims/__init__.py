"""What the data say of each claim of the article of December 2024, then and now."""
