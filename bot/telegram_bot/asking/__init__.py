"""Questions and answers in Telegram."""
