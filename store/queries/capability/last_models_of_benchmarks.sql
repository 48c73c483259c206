-- The day of the newest model with a score on each benchmark, released by the day; models whose day is stated.
SELECT s.benchmark_id, max(m.released_on) AS last_model_on
FROM score_at($as_of::TIMESTAMPTZ) s JOIN model m USING (model_id)
WHERE m.released_on <= $on::DATE AND m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated')
GROUP BY s.benchmark_id
ORDER BY s.benchmark_id
