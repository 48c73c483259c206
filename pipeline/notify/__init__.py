"""Telling people: events of the operation and of the data, by rules, each once."""
