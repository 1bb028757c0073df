"""The parts of a re-embed: finding changes, reusing earlier data, writing a generation."""
