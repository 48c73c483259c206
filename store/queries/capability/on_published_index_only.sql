-- Models that have a value on the index that Epoch publishes and none on hypecurve's own, as known at $as_of, the best
-- first, with the reason where one is recorded. Our index is one fit of all that is known now, so that a model may be
-- missing here until more of its scores are known.
WITH listed AS (
    SELECT *, max(observed_at) OVER (PARTITION BY source_id) AS updated_at
    FROM score_at($as_of::TIMESTAMPTZ)
    WHERE benchmark_id = 'epoch-eci' AND source_id IN ('epoch-benchmarks', 'epoch-benchmarked-models')
)
SELECT l.model_id, coalesce(any_value(m.title), l.model_id) AS title, any_value(m.released_on) AS released_on,
       max(l.score) AS value, min(o.reason) AS reason
FROM listed l JOIN model m USING (model_id)
LEFT JOIN capability_left_out o ON o.kind = 'model' AND o.name = l.model_id
WHERE l.source_id = (SELECT arg_max(source_id, (updated_at, source_id)) FROM listed)
  AND m.released_on <= $as_of::TIMESTAMPTZ::DATE AND m.kind IN ('dated', 'undated')
  AND l.model_id NOT IN (SELECT model_id FROM capability_index)
GROUP BY l.model_id
ORDER BY value DESC, l.model_id
