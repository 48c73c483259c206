-- The headline score of each model on each benchmark (the rule: headline_score_at), by the benchmark's name; with the
-- error that is stated, and that which is known or that the interval implies. Of all models at once: the rule has to look
-- at all statements anyway, and the next model that somebody chooses is there already.
SELECT h.benchmark, h.score, h.unit,
       CASE WHEN h.full_setting = concat_ws(' ', h.setting, h.setting) THEN h.setting ELSE h.full_setting END AS setting,
       h.reported_by, coalesce(h.url, p.payload_url) AS url, h.stderr, h.stderr_known, h.low, h.high, h.stated_reach, h.cost_usd,
       h.cost_usd_per_task, h.statements AS measured, h.valid_on, h.observed_at, h.benchmark_id, h.higher_is_better,
       h.source_id, h.model_name, h.model_id, p.payload_url, h.payload_sha256
FROM headline_score_at($as_of::TIMESTAMPTZ, 'none') h
LEFT JOIN provenance p ON p.payload_sha256 = h.payload_sha256
ORDER BY lower(h.benchmark), h.benchmark_id, h.model_id
