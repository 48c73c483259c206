-- The models whose speed is worth asking for one by one, as OpenRouter spells them: of those used there lately the ten
-- of the highest capability index and the ten most used.
WITH used AS (
    SELECT u.model_name, a.model_id, sum(u.tokens) AS tokens
    FROM usage_at($as_of::TIMESTAMPTZ) u JOIN model_alias a USING (source_id, model_name)
    WHERE u.source_id = 'openrouter-usage' AND contains(u.model_name, '/') AND NOT starts_with(u.model_name, 'stealth/')
    GROUP BY ALL
),
placed AS (
    SELECT model_name,
           row_number() OVER (ORDER BY i.capability DESC NULLS LAST, model_name) AS by_capability,
           row_number() OVER (ORDER BY tokens DESC NULLS LAST, model_name) AS by_use
    FROM used LEFT JOIN capability_index i USING (model_id)
)
SELECT model_name FROM placed WHERE by_capability <= 10 OR by_use <= 10 ORDER BY model_name
