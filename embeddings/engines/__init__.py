"""Engines: what keeps generations and searches them, all by one protocol."""
