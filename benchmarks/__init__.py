"""Measurements of speed and quality; not part of the installed package."""
