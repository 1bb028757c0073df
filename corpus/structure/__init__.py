"""The structure of a document: its sentences, units, sections and passages."""
