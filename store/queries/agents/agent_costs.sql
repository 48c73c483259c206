-- What a task cost on the tests that agents sit: of each model the best run whose cost per task was measured.
SELECT s.benchmark_id, benchmark_title(b.title, s.benchmark_id) AS benchmark, s.model_id, coalesce(m.title, s.model_id) AS title,
       coalesce(m.organization, s.organization) AS organization, m.released_on, m.open_weights, s.score AS value, s.cost_usd_per_task AS cost,
       s.full_setting AS setting, s.reported_by, s.source_id, s.observed_at, s.url, s.payload_sha256
FROM score_at($as_of::TIMESTAMPTZ) s JOIN model m USING (model_id)
LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
WHERE regexp_matches(s.benchmark_id, '^(osworld|swe-bench-|tau2-bench-|terminal-bench-|deepswe$|the-agent-company$)')
  AND s.cost_usd_per_task > 0 AND s.unit = 'fraction' AND m.released_on <= $on::DATE
  AND s.reported_by IS DISTINCT FROM 'vendor'
QUALIFY row_number() OVER (
    PARTITION BY s.benchmark_id, s.model_id
    ORDER BY s.score DESC, s.cost_usd_per_task, s.observed_at DESC, s.source_id, s.setting) = 1
ORDER BY s.benchmark_id, s.cost_usd_per_task, s.model_id
