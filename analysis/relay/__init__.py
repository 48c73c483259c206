"""The relay of S-curves: how benchmarks are used up one after the other."""
