"""Training of the bundled Swedish-English model; never imported at run time."""
