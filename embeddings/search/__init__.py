"""Searches the index for quotes that answer a question."""
