"""The explanation of a figure, and the list of what can be explained, in each format."""
