"""Text: from a folder of files to documents and the passages they are cited by."""
