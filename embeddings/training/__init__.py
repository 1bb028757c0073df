"""How the bundled Swedish-English model is made; never imported at run time."""
