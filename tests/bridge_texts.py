"""A sentence in two versions, and the days on which they were published."""

QUOTE = "Bron stängs för all trafik från den 7 april klockan 8."
MOVED = QUOTE.replace("7 april", "14 april")
REST = " Bron byggdes 1931 och bär 3 100 fordon om dagen. Arbetet kostar 6,8 miljoner kronor."
MARCH, LATER = "2025-03-04", "2025-03-18"
