-- The headline score of one model on each benchmark (the rule: headline_score_at), by the benchmark's name.
SELECT h.benchmark, h.score, h.unit,
       CASE WHEN h.full_setting = concat_ws(' ', h.setting, h.setting) THEN h.setting ELSE h.full_setting END AS setting,
       h.reported_by, coalesce(h.url, p.payload_url) AS url, h.stderr, h.low, h.high, h.cost_usd, h.cost_usd_per_task,
       h.statements AS measured, h.valid_on, h.observed_at, h.benchmark_id, h.higher_is_better, h.source_id,
       h.model_name, p.payload_url, h.payload_sha256
FROM headline_score_at($as_of::TIMESTAMPTZ, 'none') h
LEFT JOIN provenance p ON p.payload_sha256 = h.payload_sha256
WHERE h.model_id = $model
ORDER BY h.benchmark, h.benchmark_id
