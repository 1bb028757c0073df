"""People: questions answered on the command line and in Telegram."""
