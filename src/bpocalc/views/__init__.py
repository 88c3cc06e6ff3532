"""Views: one module for each format; each renders neutral tables or the comparison itself, and computes nothing."""
