"""The steps of the page Add a source."""
