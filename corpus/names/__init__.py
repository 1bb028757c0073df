"""Finds names of people and organisations in text."""
