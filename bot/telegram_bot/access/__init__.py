"""Who may use the bot, and how it speaks to them."""
