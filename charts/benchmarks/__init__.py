"""Models by benchmarks."""
