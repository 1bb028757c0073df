"""Engines: storage and search of generations, all behind one protocol."""
