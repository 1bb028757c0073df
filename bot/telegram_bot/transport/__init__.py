"""Receives updates and sends messages."""
