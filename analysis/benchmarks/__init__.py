"""What benchmarks hold: how far each is used up, and which models sat which."""
