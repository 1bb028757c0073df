"""Question answering on the command line and in Telegram."""
