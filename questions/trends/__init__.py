"""Does a series still climb, has it bent, and can a ceiling be known?"""
