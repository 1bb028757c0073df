"""Alternatives to Citera, each written as its own documentation tells beginners.

Each file runs on its own, with the Python of an environment that has its dependencies but not
Citera: `PROGRAM index DOCUMENTS STORE MODEL`, then `PROGRAM ask DOCUMENTS STORE MODEL`, which reads
one question per line and prints one JSON list of paths per line, the best document first.
"""
