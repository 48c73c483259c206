-- The headline score (headline_score_at) of each model on every bounded benchmark whose ceiling and chance level are known.
-- Moving names and models whose release day no source states are left out.
SELECT h.benchmark_id, h.benchmark, h.model_id, coalesce(m.title, h.model_id) AS title, m.released_on, h.score AS value,
       h.stderr_known AS stderr, b.random_baseline AS chance, b.ceiling, b.valid_on AS published_on, h.source_id, h.observed_at
FROM headline_score_at($as_of::TIMESTAMPTZ, 'none') h JOIN model m USING (model_id)
JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
WHERE h.unit = 'fraction' AND h.higher_is_better AND b.ceiling > b.random_baseline AND h.benchmark_id NOT LIKE 'metr-%'
  AND m.released_on <= $on::DATE AND m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated')
ORDER BY h.benchmark_id, m.released_on, h.model_id
