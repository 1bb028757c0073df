"""Parses questions: language, kind, times, and follow-ups."""
