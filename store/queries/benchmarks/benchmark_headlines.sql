-- The headline score (headline_score_at) of each model on every benchmark, with what the benchmark states of itself; $cost
-- prefers scores with a measured cost, as there. `date_is_stated` is false for moving names and where the release day is
-- only when a list first showed the model.
SELECT h.benchmark_id, h.benchmark, h.model_id, coalesce(m.title, h.model_id) AS title,
       coalesce(m.organization, h.organization) AS organization, m.released_on, m.open_weights, m.reasoning,
       m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated') AS date_is_stated,
       h.score AS value, h.unit, h.stderr_known AS stderr, b.random_baseline AS chance, b.ceiling, h.higher_is_better,
       h.reported_by, h.setting, h.cost_usd AS cost_of_run_usd, h.cost_usd_per_task AS cost_per_task_usd,
       h.source_id, h.observed_at, h.url
FROM headline_score_at($as_of::TIMESTAMPTZ, $cost) h JOIN model m USING (model_id)
LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
WHERE m.released_on <= $on::DATE
ORDER BY h.benchmark_id, m.released_on, h.model_id
