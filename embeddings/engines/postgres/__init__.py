"""PostgreSQL engine with pgvector: one schema per generation, for many clients of one index."""
