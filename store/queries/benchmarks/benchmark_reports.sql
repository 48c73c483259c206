-- Who publishes the scores of each benchmark: models by source and by whose word it is. A list that only repeats what
-- others hold counts with the models that no other source has on that benchmark.
WITH told AS (
    SELECT benchmark_id, source_id, reported_by, model_id
    FROM score_at($as_of::TIMESTAMPTZ)
    QUALIFY source_id NOT IN ('epoch-eci-benchmarks', 'epoch-benchmarked-models', 'epoch-edi-scores')
         OR bool_and(source_id IN ('epoch-eci-benchmarks', 'epoch-benchmarked-models', 'epoch-edi-scores'))
            OVER (PARTITION BY benchmark_id, model_id)
)
SELECT benchmark_id, source_id, reported_by, count(DISTINCT model_id) AS models
FROM told
GROUP BY benchmark_id, source_id, reported_by
ORDER BY benchmark_id, models DESC, source_id, reported_by
