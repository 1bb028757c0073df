"""What is known of each language: its words, and how to tell which one a text is in."""
