"""What is known of each language: its words by what they are for, and how to tell it from others.

A language is a folder that fills the classes of `base.py` and those beside it, and a line in
`known.py`.
"""
