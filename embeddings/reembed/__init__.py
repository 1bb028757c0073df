"""The re-embed: what has changed, what can be used again, and how a new generation is written."""
