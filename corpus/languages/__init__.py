"""Language data: words by their function, and language detection.

A language is a folder that fills the classes of `base.py` and the modules beside it, and a line in
`known.py`.
"""
