"""What a user would pick instead, each as its own documentation tells a beginner.

Each file is run by itself, with the Python of an environment that holds what it needs and not
Citera: `PROGRAM index DOCUMENTS STORE MODEL`, then `PROGRAM ask DOCUMENTS STORE MODEL`, which reads
one question a line and prints one JSON list of paths a line, the likeliest document first.
"""
