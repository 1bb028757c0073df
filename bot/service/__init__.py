"""What all front ends share: people, conversations, journal, limits."""
