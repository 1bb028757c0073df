"""Office documents: texts, slides and spreadsheets."""
