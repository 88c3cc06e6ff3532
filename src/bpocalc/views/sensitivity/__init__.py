"""The sensitivity of a result in its formats."""
