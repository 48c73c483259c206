-- Since when anything that is news was known; null where nothing ever was.
SELECT min(known_at) AS first_known_at FROM news
