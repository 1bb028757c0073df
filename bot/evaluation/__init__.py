"""How well questions with known answers are answered, and whether an index may take over."""
