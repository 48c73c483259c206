-- Who publishes the scores of each benchmark: models by source and by whose word it is. A list that only repeats what
-- another one holds counts where it is alone.
SELECT benchmark_id, source_id, reported_by, count(DISTINCT model_id) AS models
FROM score_at($as_of::TIMESTAMPTZ)
GROUP BY benchmark_id, source_id, reported_by
QUALIFY source_id NOT IN ('epoch-eci-benchmarks', 'epoch-benchmarked-models', 'epoch-edi-scores')
     OR bool_and(source_id IN ('epoch-eci-benchmarks', 'epoch-benchmarked-models', 'epoch-edi-scores'))
        OVER (PARTITION BY benchmark_id)
ORDER BY benchmark_id, models DESC, source_id, reported_by
