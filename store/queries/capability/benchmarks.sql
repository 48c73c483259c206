-- The benchmarks that have scores of models with a release date, and since when the archive knows them.
WITH scored AS (
    SELECT s.benchmark_id, any_value(s.unit) AS unit, count(DISTINCT s.model_id) AS models,
           count(DISTINCT s.model_id) FILTER (s.cost_usd > 0) AS models_with_cost_of_run,
           count(DISTINCT s.model_id) FILTER (s.cost_usd_per_task > 0) AS models_with_cost_per_task,
           max(s.observed_at) AS last_observed_at
    FROM score_at($as_of::TIMESTAMPTZ) s JOIN model m USING (model_id)
    WHERE m.released_on IS NOT NULL
    GROUP BY s.benchmark_id
)
SELECT scored.benchmark_id, coalesce(b.title, scored.benchmark_id) AS title, coalesce(b.unit, scored.unit) AS unit,
       b.random_baseline, b.ceiling, coalesce(b.higher_is_better, true) AS higher_is_better, b.tasks,
       b.valid_on AS published_on, b.url, models, models_with_cost_of_run, models_with_cost_per_task,
       known.first_observed_at, last_observed_at
FROM scored
LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
LEFT JOIN (SELECT benchmark_id, min(observed_at) AS first_observed_at FROM score GROUP BY benchmark_id) known
    USING (benchmark_id)
ORDER BY models DESC, benchmark_id
