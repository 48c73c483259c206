-- Every count of output tokens per task that a board's own list gave of o1 and of Claude 3.5 Sonnet, at each reading up to
-- $as_of: a board that runs a model anew changes its count.
SELECT CASE WHEN a.model_id LIKE 'o1%' THEN 'o1' ELSE 'sonnet' END AS role, a.model_id, coalesce(m.title, a.model_id) AS title,
       m.released_on, s.benchmark_id, coalesce(b.title, s.benchmark_id) AS benchmark,
       s.output_tokens_per_task, s.observed_at::DATE AS observed_on
FROM score s JOIN model_alias a USING (source_id, model_name) JOIN model m ON m.model_id = a.model_id
LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
WHERE s.observed_at <= $as_of::TIMESTAMPTZ AND NOT s.gone AND s.output_tokens_per_task > 0
  AND a.model_id IN ('o1-preview-2024-09-12', 'o1-2024-12-17',
                     'claude-3-5-sonnet-20240620', 'claude-3-5-sonnet-20241022')
  AND s.source_id NOT LIKE 'metr-%' AND s.source_id NOT LIKE 'epoch-%'
ORDER BY s.benchmark_id, m.released_on, a.model_id, s.observed_at, s.output_tokens_per_task
