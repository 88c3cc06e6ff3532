"""The break-even of a result in its formats."""
