-- Every statement about when a model was released, with the kind of evidence it is.
SELECT a.model_id, e.released_on, e.precision, e.evidence, e.source_id, e.payload_sha256
FROM (
    SELECT source_id, model_name, valid_on AS released_on, valid_precision AS precision,
           CASE WHEN source_id LIKE 'epoch-%' OR source_id LIKE 'metr-%' THEN 'curated'
                WHEN source_id = 'models-dev' THEN 'models.dev'
                WHEN source_id LIKE 'openrouter-%' THEN 'price listing'
                ELSE 'leaderboard' END AS evidence,
           payload_sha256
    FROM model_fact WHERE valid_on IS NOT NULL AND NOT gone
    UNION ALL
    SELECT source_id, model_name, min(valid_on), 'day', 'change log', arg_min(payload_sha256, valid_on)
    FROM release WHERE kind = 'changelog' AND model_name IS NOT NULL AND NOT gone AND valid_on IS NOT NULL
    GROUP BY source_id, model_name
    UNION ALL
    SELECT source_id, model_name, min(observed_at)::DATE, 'day', 'leaderboard first seen',
           arg_min(payload_sha256, observed_at)
    FROM score WHERE NOT gone GROUP BY source_id, model_name
    UNION ALL
    SELECT source_id, model_name, min(observed_at)::DATE, 'day', 'price listing first seen',
           arg_min(payload_sha256, observed_at)
    FROM price WHERE NOT gone GROUP BY source_id, model_name
) e
JOIN model_alias a USING (source_id, model_name)
ORDER BY ALL
