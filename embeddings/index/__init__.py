"""The index: what a generation is made of, how it is written and kept."""
