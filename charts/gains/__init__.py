"""Charts of what each gain costs."""
