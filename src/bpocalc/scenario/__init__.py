"""The scenario language: what may be said, as closed parts by business topic."""
