"""Compares quotes: finds duplicates and versions of one text."""
