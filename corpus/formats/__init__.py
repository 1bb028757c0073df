"""Readers of file formats: each turns a file's bytes into text, blocks and metadata."""
