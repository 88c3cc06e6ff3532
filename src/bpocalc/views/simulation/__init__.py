"""A simulation in each of its formats."""
