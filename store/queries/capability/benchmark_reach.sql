-- Since when the archive holds scores of one benchmark; null where it never held any.
SELECT min(observed_at) AS first_observed_at FROM score_seen WHERE benchmark_id = $benchmark
