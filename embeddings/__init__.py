"""Vectors: from passages to an index that finds them."""
