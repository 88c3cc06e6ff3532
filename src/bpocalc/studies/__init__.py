"""Studies: what happens to a comparison when something else is assumed. Know no formats."""
