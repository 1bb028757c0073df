"""Embeds passages, and builds and searches the index."""
