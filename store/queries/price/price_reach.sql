-- Since when the archive holds prices; null where it never held any.
SELECT min(observed_at) AS first_observed_at FROM price
