-- When the newest score that may enter the capability index was first shown, by an instant.
SELECT max(observed_at) AS last_observed_at FROM score
WHERE source_id = 'epoch-benchmarks' AND unit = 'fraction' AND observed_at <= $as_of::TIMESTAMPTZ
