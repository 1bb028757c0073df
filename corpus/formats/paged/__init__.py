"""Pages on which letters stand somewhere: PDF, and pictures of pages."""
