"""The list of models: what each scores and costs, with filters."""
