"""Payload formats: bytes to tables or entries. Pure."""
