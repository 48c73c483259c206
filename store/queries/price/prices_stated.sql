-- Every price statement of the standard tier with its model, the model's release date, and the payloads of its
-- source just before and at the newest: the bounds of what a sighting can say.
WITH served AS (
    SELECT source_id, as_of, lag(as_of) OVER (PARTITION BY source_id ORDER BY as_of) AS before
    FROM (SELECT DISTINCT source_id, as_of FROM payload)
),
newest AS (SELECT source_id, max(as_of) AS newest_at FROM payload GROUP BY source_id)
SELECT p.source_id, p.model_name, p.provider, p.seller, p.valid_on,
       p.input_usd_per_mtok, p.output_usd_per_mtok, p.cached_input_usd_per_mtok,
       p.observed_at, p.gone, p.url, p.payload_sha256,
       a.model_id, m.released_on, served.before::DATE AS seen_before_on, newest.newest_at
FROM price p
JOIN model_alias a USING (source_id, model_name)
JOIN model m USING (model_id)
LEFT JOIN served ON served.source_id = p.source_id AND served.as_of = p.observed_at
LEFT JOIN newest ON newest.source_id = p.source_id
WHERE p.tier = 'standard'
ORDER BY p.source_id, p.model_name, p.provider, p.valid_on NULLS FIRST, p.observed_at
