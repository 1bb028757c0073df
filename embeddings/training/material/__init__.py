"""Training data of the bundled model: texts, and translations of words."""
