-- The dated public statements about one model: posts, change-log entries, shutdown notices, and the rule that
-- tied them to it.
SELECT r.valid_on AS stated_on, r.title, r.organization, r.kind, a.rule, r.url, r.source_id, p.payload_url,
       r.payload_sha256
FROM announcement a
JOIN release_at($as_of::TIMESTAMPTZ) r USING (source_id, entry_id)
LEFT JOIN provenance p ON p.payload_sha256 = r.payload_sha256
WHERE a.model_id = $model
ORDER BY r.valid_on DESC NULLS LAST, r.title
