"""What an evaluation says: a page for a browser, and a table for a terminal."""
