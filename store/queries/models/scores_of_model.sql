-- What all benchmarks say of one model, the newest statement of each source and setting, with where it stands.
SELECT benchmark_title(b.title, s.benchmark_id) AS benchmark, s.score, s.unit,
       CASE WHEN s.full_setting = concat_ws(' ', s.setting, s.setting) THEN s.setting ELSE s.full_setting END AS setting,
       s.reported_by, coalesce(s.url, p.payload_url) AS url, s.stderr, s.low, s.high, s.cost_usd, s.cost_usd_per_task,
       s.valid_on, s.observed_at, s.benchmark_id, coalesce(b.higher_is_better, true) AS higher_is_better,
       s.source_id, s.model_name, p.payload_url, s.payload_sha256
FROM score_at($as_of::TIMESTAMPTZ) s
LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
LEFT JOIN provenance p ON p.payload_sha256 = s.payload_sha256
WHERE s.model_id = $model
ORDER BY benchmark, s.score DESC, s.source_id, setting
