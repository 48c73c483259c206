"""Dot-com parallels: in what are the two booms alike, in what not, and what followed markets like them?"""
