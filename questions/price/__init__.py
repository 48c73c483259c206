"""What does a score that was once the frontier cost, and how fast does that fall?"""
