"""Plain text and Markdown: structure from the form and marks of lines."""
