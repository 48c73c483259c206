"""From bytes that nobody has seen to the form of a source: what can be told, and what a person must say."""
