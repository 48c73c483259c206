"""Benchmarks: what each is, who reports it, how far it is used up, and which models sat it."""
