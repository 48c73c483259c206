"""A source that is one TOML file: its form, the check of it, and what reads payloads by it."""
