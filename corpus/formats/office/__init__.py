"""What office programs write: texts, slides and spreadsheets."""
