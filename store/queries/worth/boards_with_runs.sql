-- Boards on which runs were measured: so many tasks, and their cost or time, for two models at least.
SELECT s.benchmark_id, benchmark_title(any_value(b.title), s.benchmark_id) AS title, count(DISTINCT s.model_id) AS models,
       count(DISTINCT s.model_id) FILTER (s.cost_usd > 0 OR s.cost_usd_per_task > 0) AS models_with_cost
FROM score_at($as_of::TIMESTAMPTZ) s LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
WHERE s.model_id IS NOT NULL AND s.unit = 'fraction' AND s.reported_by = 'independent'
  AND coalesce(s.trials, b.tasks) > 0
  AND (s.cost_usd > 0 OR s.cost_usd_per_task > 0 OR s.seconds_per_task > 0)
GROUP BY s.benchmark_id
HAVING models_with_cost >= 2
ORDER BY models DESC, s.benchmark_id
