-- The headline score of each model on the benchmarks $benchmarks, with the model's release day: what scores of a
-- source that is being checked are held against.
SELECT h.benchmark_id, h.model_id, m.released_on, h.score AS value, h.unit,
       coalesce(b.higher_is_better, true) AS higher_is_better
FROM headline_score_at($as_of::TIMESTAMPTZ, 'none') h
JOIN model m USING (model_id)
LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
WHERE list_contains($benchmarks::VARCHAR[], h.benchmark_id)
ORDER BY h.benchmark_id, h.model_id
