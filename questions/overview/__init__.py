"""Is AI still climbing, and what does each gain cost?"""
