-- Notices that a seller shuts a model down on a day. The day stands at the end of the entry's id (before the hash in
-- the feed); a notice without one is a deprecation only.
WITH said AS (
    SELECT r.*, coalesce(nullif(regexp_extract(entry_id, ':(\d{4}-\d{2}-\d{2})$', 1), ''),
                         nullif(regexp_extract(entry_id, '-(\d{4}-\d{2}-\d{2})-[0-9a-f]{8}$', 1), '')) AS day
    FROM release_at($as_of::TIMESTAMPTZ) r
    WHERE kind = 'shutdown' AND model_name IS NOT NULL
)
SELECT a.model_id, s.organization, s.valid_on AS announced_on, TRY_CAST(s.day AS DATE) AS shuts_down_on,
       s.observed_at, s.source_id, s.url, s.payload_sha256
FROM said s JOIN model_alias a USING (source_id, model_name)
WHERE TRY_CAST(s.day AS DATE) IS NOT NULL
ORDER BY a.model_id, s.organization, announced_on, shuts_down_on, s.source_id
