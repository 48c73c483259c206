-- The benchmarks that have scores of models with a release date, and since when the archive knows them. One that no
-- source dates was published by the day of its first score, by the score's own day or by when a list first showed it.
WITH scored AS (
    SELECT s.benchmark_id, any_value(s.unit) AS unit, count(DISTINCT s.model_id) AS models,
           count(DISTINCT s.model_id) FILTER (s.cost_usd > 0) AS models_with_cost_of_run,
           count(DISTINCT s.model_id) FILTER (s.cost_usd_per_task > 0) AS models_with_cost_per_task,
           max(s.observed_at) AS last_observed_at
    FROM score_at($as_of::TIMESTAMPTZ) s JOIN model m USING (model_id)
    WHERE m.released_on IS NOT NULL
    GROUP BY s.benchmark_id
)
SELECT scored.benchmark_id, benchmark_title(b.title, scored.benchmark_id) AS title, coalesce(b.unit, scored.unit) AS unit,
       b.random_baseline, b.ceiling, coalesce(b.higher_is_better, true) AS higher_is_better, b.tasks,
       coalesce(b.valid_on, known.first_score_on) AS published_on, b.valid_on IS NOT NULL AS publication_is_stated,
       b.url, b.left_on, models, models_with_cost_of_run, models_with_cost_per_task,
       known.first_observed_at, last_observed_at
FROM scored
LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
LEFT JOIN (
    SELECT benchmark_id, min(observed_at) AS first_observed_at,
           min(least(observed_at::DATE, valid_on)) AS first_score_on
    FROM score_seen GROUP BY benchmark_id
) known USING (benchmark_id)
ORDER BY models DESC, benchmark_id
