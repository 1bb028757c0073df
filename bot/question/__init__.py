"""A question as it is read: language, kind, times, and what it leans on."""
