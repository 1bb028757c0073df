"""Milvus: collections for each generation, for an index spread over machines."""
