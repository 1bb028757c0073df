"""Names of people and bodies in text."""
