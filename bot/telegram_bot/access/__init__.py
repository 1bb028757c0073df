"""Access to the bot, and the language it uses with each user."""
