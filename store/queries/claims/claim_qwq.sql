-- Total scores of QwQ, o1 and Claude 3.5 Sonnet (October) on each version of LiveBench, the best setting of each.
-- A figure is never of a day before its model.
SELECT CASE WHEN s.model_id = 'qwq-32b-preview' THEN 'qwq' WHEN s.model_id LIKE 'qwq%' THEN 'later qwq'
            WHEN s.model_id LIKE 'o1%' THEN 'o1' ELSE 'sonnet' END AS role,
       s.model_id, coalesce(m.title, s.model_id) AS title, m.released_on, s.benchmark_id,
       coalesce(b.title, s.benchmark_id) AS benchmark, s.score, greatest(s.observed_at::DATE, m.released_on) AS observed_on,
       s.source_id, s.payload_sha256, s.url
FROM score_at($as_of::TIMESTAMPTZ) s JOIN model m USING (model_id)
LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
WHERE s.source_id = 'livebench' AND regexp_matches(s.benchmark_id, '^livebench-\d{4}-\d{2}-\d{2}$')
  AND s.model_id IN ('qwq-32b-preview', 'qwq-32b', 'o1-preview-2024-09-12', 'o1-2024-12-17',
                     'claude-3-5-sonnet-20241022')
QUALIFY row_number() OVER (PARTITION BY s.model_id, s.benchmark_id ORDER BY s.score DESC, s.observed_at DESC) = 1
ORDER BY s.benchmark_id, m.released_on
