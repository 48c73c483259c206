"""How fast models answer: by host, against price and score, and how long an answer takes."""
