"""Reads files in separate processes, so that none can stop, slow down or crash the rest."""
