"""Explaining: where a figure comes from, as a tree of formulas down to what was read. Knows no costs and no formats."""
