"""Dot-com parallels: how are the two booms alike, how do they differ, and what followed markets like them?"""
