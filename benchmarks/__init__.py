"""Speed and quality, measured; nothing here is part of what is installed."""
