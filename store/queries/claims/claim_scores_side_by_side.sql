-- Independent scores of o1 and of Claude 3.5 Sonnet (October) on the boards that have both (the rule of the headline
-- score: headline_score_at); a board's parts, and indices made of other boards, do not count again.
SELECT CASE WHEN s.model_id LIKE 'o1%' THEN 'o1' ELSE 'sonnet' END AS role, s.model_id, coalesce(m.title, s.model_id) AS title,
       m.released_on, s.benchmark_id, s.benchmark,
       s.score, coalesce(s.stderr, sqrt(s.score * (1 - s.score) / s.trials)) AS stderr,
       coalesce(s.valid_on, m.released_on) AS dated_on,
       greatest(coalesce(s.valid_on, s.observed_at::DATE), m.released_on) AS observed_on, s.source_id, s.payload_sha256, s.url
FROM headline_score_at($as_of::TIMESTAMPTZ, 'none') s JOIN model m USING (model_id)
WHERE s.model_id IN ('o1-preview-2024-09-12', 'o1-2024-12-17', 'claude-3-5-sonnet-20241022')
  AND s.unit = 'fraction' AND s.reported_by = 'independent'
  AND s.benchmark_id NOT LIKE 'metr-%' AND s.benchmark_id NOT LIKE '%/%'
  AND NOT regexp_matches(s.benchmark_id, '^livebench-\d{4}-\d{2}-\d{2}-')
  AND s.source_id NOT IN ('epoch-eci-benchmarks', 'epoch-benchmarked-models')
ORDER BY s.benchmark_id, s.model_id
