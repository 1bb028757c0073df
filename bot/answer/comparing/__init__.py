"""Quotes beside each other: what stands twice, and what is another version of a text."""
