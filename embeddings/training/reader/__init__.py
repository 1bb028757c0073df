"""Trains the reader, which judges whether a passage answers a question, and with which words."""
