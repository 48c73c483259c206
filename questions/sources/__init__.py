"""Sources: where every figure comes from, how fresh it is, what was refused."""
