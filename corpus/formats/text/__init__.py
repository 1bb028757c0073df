"""Plain text and Markdown: the meaning of lines is told by their shapes and marks."""
