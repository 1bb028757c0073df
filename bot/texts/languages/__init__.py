"""One file a language, named by its code (ISO 639-1); adding a file adds the language."""
