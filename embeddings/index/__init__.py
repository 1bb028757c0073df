"""The parts of an index generation: formats, writing and reading."""
