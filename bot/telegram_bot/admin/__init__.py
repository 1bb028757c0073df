"""What admins do and are told."""
