"""Embedding and reader models."""
