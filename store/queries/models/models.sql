-- All models with what is known of them, and how much: scores, price steps, announcements.
WITH scored AS (
    SELECT model_id, count(DISTINCT benchmark_id) AS benchmarks
    FROM score_at($as_of::TIMESTAMPTZ) WHERE model_id IS NOT NULL GROUP BY model_id
),
priced AS (
    SELECT model_id, count(DISTINCT provider) AS sellers
    FROM price_at($as_of::TIMESTAMPTZ) WHERE model_id IS NOT NULL GROUP BY model_id
)
SELECT m.model_id,
       coalesce(m.title, m.model_id) AS title,
       m.organization, m.family, m.kind, m.released_on, m.released_precision, m.released_basis, m.release_spread_days,
       m.open_weights, m.reasoning, m.training_compute_flop,
       coalesce(benchmarks, 0) AS benchmarks, coalesce(sellers, 0) AS sellers
FROM model m LEFT JOIN scored USING (model_id) LEFT JOIN priced USING (model_id)
WHERE m.released_on IS NULL OR m.released_on <= $on::DATE
ORDER BY benchmarks DESC NULLS LAST, sellers DESC NULLS LAST, m.model_id
