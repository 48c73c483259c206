"""The relay of S-curves: do tests get used up faster?"""
