"""Trains the passage reader that judges whether a passage answers a question, and with which."""
