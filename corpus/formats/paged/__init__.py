"""Page-based formats: PDF, and pictures of pages."""
