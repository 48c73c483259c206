"""What all pages share: the frame around them, and how an answer is drawn."""
