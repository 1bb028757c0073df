"""Parses time expressions, in documents and questions alike."""
