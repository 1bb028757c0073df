"""What every front end shares: people, conversations, journal, limits."""
