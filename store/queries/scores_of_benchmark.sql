-- The headline score of each model on one benchmark, with the payload that says so: an independent measurement
-- before a vendor's own, then one whose cost was measured where $cost asks for it ('run' or 'task'), then the best
-- over settings and agents.
SELECT
    s.model_id, coalesce(m.title, s.model_name) AS title, coalesce(m.organization, s.organization) AS organization,
    m.released_on, m.released_precision, m.open_weights, m.reasoning,
    s.score AS value, s.unit,
    -- Epoch states 90 % intervals, the boards with ratings 95 %.
    coalesce(s.stderr, (s.high - s.low) / CASE WHEN s.benchmark_id = 'epoch-eci' THEN 3.29 ELSE 3.92 END) AS stderr,
    coalesce(s.low, s.score - 1.645 * s.stderr) AS low, coalesce(s.high, s.score + 1.645 * s.stderr) AS high,
    s.full_setting AS setting, s.reported_by, s.cost_usd AS cost_of_run_usd, s.cost_usd_per_task AS cost_per_task_usd,
    s.source_id, s.model_name, s.observed_at, s.url, p.payload_url, s.payload_sha256
FROM score_at($as_of::TIMESTAMPTZ) s
JOIN model m USING (model_id)
LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
LEFT JOIN provenance p USING (payload_sha256)
WHERE s.benchmark_id = $benchmark AND m.released_on <= $released_by::DATE
QUALIFY row_number() OVER (
    PARTITION BY s.model_id
    ORDER BY s.reported_by = 'vendor',
             CASE $cost WHEN 'run' THEN s.cost_usd IS NULL WHEN 'task' THEN s.cost_usd_per_task IS NULL ELSE false END,
             CASE WHEN coalesce(b.higher_is_better, true) THEN -s.score ELSE s.score END,
             s.observed_at DESC, s.source_id, s.model_name, s.setting
) = 1
ORDER BY m.released_on, s.model_id
