"""The structure of documents: sentences, units, lists, sections and passages."""
