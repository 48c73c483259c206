-- Why rows were refused, by source and reason.
SELECT source_id, kind, reason, count(*) AS "rows", max(observed_at) AS last_seen_at
FROM quarantine WHERE observed_at <= $as_of::TIMESTAMPTZ AND ($source = '' OR source_id = $source)
GROUP BY ALL ORDER BY "rows" DESC, source_id, reason
