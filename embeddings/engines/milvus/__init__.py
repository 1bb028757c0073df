"""Milvus engine: collections per generation, for an index spread over machines."""
