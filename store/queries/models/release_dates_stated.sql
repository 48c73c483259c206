-- Every statement about when a model was released, with the kind of evidence it is. A list showed a model by the day of
-- its payload; a score, and a list that dates its own readings, give an earlier day in their own words.
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
    SELECT source_id, model_name, min(observed_at)::DATE, 'day', 'leaderboard first seen',
           arg_min(payload_sha256, observed_at)
    FROM score WHERE NOT gone GROUP BY source_id, model_name
    UNION ALL
    SELECT source_id, model_name, min(observed_at)::DATE, 'day', 'price listing first seen',
           arg_min(payload_sha256, observed_at)
    FROM price WHERE NOT gone GROUP BY source_id, model_name
    UNION ALL
    SELECT source_id, model_name, min(valid_on), 'day', 'dated leaderboard first seen',
           arg_min(payload_sha256, (valid_on, observed_at))
    FROM score WHERE NOT gone AND valid_precision = 'day' AND valid_on < observed_at::DATE GROUP BY source_id, model_name
    UNION ALL
    SELECT p.source_id, p.model_name, min(p.valid_on), 'day', 'dated price listing first seen',
           arg_min(p.payload_sha256, (p.valid_on, p.observed_at))
    FROM price p JOIN source s ON s.source_id = p.source_id AND s.dates_readings
    WHERE NOT p.gone AND p.valid_on < p.observed_at::DATE GROUP BY p.source_id, p.model_name
) e
JOIN model_alias a USING (source_id, model_name)
UNION ALL
SELECT n.model_id, min(r.valid_on), 'day', CASE WHEN r.kind = 'changelog' THEN 'change log' ELSE 'announcement' END,
       r.source_id, arg_min(r.payload_sha256, r.valid_on)
FROM announcement n JOIN release r USING (source_id, entry_id)
WHERE r.valid_precision = 'day' AND NOT r.gone
GROUP BY n.model_id, r.kind, r.source_id
ORDER BY ALL
