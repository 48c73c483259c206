"""The hype map: what people argue about, and what it can do, costs and brings."""
