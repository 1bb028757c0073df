"""Answers questions with verified quotes."""
