"""What `check` found, in every format: each file as soon as it has been checked, so that none need be kept."""
