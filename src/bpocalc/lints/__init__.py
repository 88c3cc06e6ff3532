"""Lints: what makes an outsourcing business case doubtful although it is valid, one rule at a time."""
