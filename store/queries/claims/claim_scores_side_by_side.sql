-- Independent scores of o1 and of Claude 3.5 Sonnet (October) on the boards that have both; a board's parts, and
-- indices made of other boards, do not count again. One row for each model and board, the best setting.
WITH headline AS (
    SELECT s.*, m.released_on
    FROM score_at($as_of::TIMESTAMPTZ) s JOIN model m USING (model_id)
    WHERE s.model_id IN ('o1-preview-2024-09-12', 'o1-2024-12-17', 'claude-3-5-sonnet-20241022')
      AND s.unit = 'fraction' AND s.reported_by = 'independent'
      AND s.benchmark_id NOT LIKE 'metr-%' AND s.benchmark_id NOT LIKE '%/%'
      AND NOT regexp_matches(s.benchmark_id, '^livebench-\d{4}-\d{2}-\d{2}-')
      AND s.source_id NOT IN ('epoch-eci-benchmarks', 'epoch-benchmarked-models')
    QUALIFY row_number() OVER (
        PARTITION BY s.model_id, s.benchmark_id
        ORDER BY s.stderr IS NULL AND s.trials IS NULL, s.score DESC, s.observed_at DESC, s.source_id) = 1
)
SELECT CASE WHEN model_id LIKE 'o1%' THEN 'o1' ELSE 'sonnet' END AS role, model_id, released_on, benchmark_id,
       score, coalesce(stderr, sqrt(score * (1 - score) / trials)) AS stderr,
       coalesce(valid_on, released_on) AS dated_on,
       coalesce(valid_on, observed_at::DATE) AS observed_on, source_id, payload_sha256, url
FROM headline
ORDER BY benchmark_id, model_id
