-- What a task of each benchmark cost some models, and the tokens that it took, in the best run whose cost was measured, with
-- its setting (or that which the model's name gives).
SELECT benchmark_id, benchmark_title(b.title, s.benchmark_id) AS benchmark, s.model_id, s.score, s.unit, s.cost_usd_per_task,
       s.output_tokens_per_task, coalesce(nullif(s.setting, ''), s.full_setting) AS setting, s.source_id, s.observed_at
FROM score_at($as_of::TIMESTAMPTZ) s LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
WHERE s.model_id IN (SELECT unnest($models)) AND s.cost_usd_per_task > 0 AND s.unit = 'fraction'
  AND coalesce(b.higher_is_better, true) AND s.reported_by IS DISTINCT FROM 'vendor'
QUALIFY row_number() OVER (
    PARTITION BY benchmark_id, s.model_id
    ORDER BY s.score DESC, s.cost_usd_per_task, s.observed_at DESC, s.source_id, s.setting) = 1
ORDER BY benchmark, benchmark_id, s.model_id
