"""What people ask: each question has typed controls and one function from a view to an answer."""
