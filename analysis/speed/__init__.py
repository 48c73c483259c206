"""How fast hosts serve models, and how long answers take."""
