-- The capability index (benchmark_id 'capability-index') and, of each bounded benchmark, every model's best score. Moving
-- names are left out: their scores are of later versions than their release day.
SELECT 'capability-index' AS benchmark_id, 'Capability index' AS benchmark, c.model_id, m.released_on, c.capability AS value, NULL::DOUBLE AS stderr,
       NULL::DOUBLE AS ceiling, NULL::DOUBLE AS chance, 'epoch-benchmarks' AS source_id,
       NULL::VARCHAR AS payload_sha256, NULL::VARCHAR AS url
FROM capability_index c JOIN model m USING (model_id)
WHERE m.released_on <= $as_of::TIMESTAMPTZ::DATE
  AND m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated')
  AND (SELECT min(observed_at) FROM score WHERE source_id = 'epoch-benchmarks') <= $as_of::TIMESTAMPTZ
UNION ALL
SELECT s.benchmark_id, coalesce(min(b.title), s.benchmark_id), s.model_id, m.released_on, max(s.score), arg_max(s.stderr, (s.score, s.observed_at, s.source_id, s.model_name, s.setting)),
       min(b.ceiling), min(b.random_baseline), min(s.source_id), NULL, NULL
FROM score_at($as_of::TIMESTAMPTZ) s
JOIN model m USING (model_id) JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
WHERE s.source_id = 'epoch-benchmarks' AND s.unit = 'fraction' AND b.ceiling > b.random_baseline
  AND s.benchmark_id NOT LIKE 'metr-%' AND m.released_on IS NOT NULL
  AND m.kind IN ('dated', 'undated')
GROUP BY s.benchmark_id, s.model_id, m.released_on
ORDER BY benchmark_id, released_on, model_id
