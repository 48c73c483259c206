"""Who is best at which price, at any past date, on any benchmark?"""
