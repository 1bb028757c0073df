"""What comes of reading a file."""

from typing import TypeAlias

from corpus.types import Document, Passage, Skipped

Outcome: TypeAlias = tuple[Document, tuple[Passage, ...]] | Skipped
"""The document with its passages, or why there is none."""
