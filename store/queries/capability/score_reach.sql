-- Since when the archive knows any score at all.
SELECT min(observed_at) AS first_observed_at FROM score_seen
