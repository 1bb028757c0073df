"""PostgreSQL with pgvector: one schema a generation, for many who ask one index."""
