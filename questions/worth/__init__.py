"""Is it worth it: when the dearer of two measured models pays for a kind of task?"""
