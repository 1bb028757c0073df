"""What the bundled model learns from: texts, and the words that translate each other."""
