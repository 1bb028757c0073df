"""Time expressions, read the same way in documents and in questions."""
