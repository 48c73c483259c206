"""Data wall: when would the largest training set need all public human text?"""
