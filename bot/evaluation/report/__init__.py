"""Evaluation reports: an HTML page, and a table for the terminal."""
