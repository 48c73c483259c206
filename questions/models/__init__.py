"""Models: what one is, what it scores, what it costs, when it was released, by which sources."""
