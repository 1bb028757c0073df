"""Reads a folder of files into documents, and cuts them into passages."""
