-- The newest public statements of the makers: posts and change-log entries, with where they were read.
SELECT r.valid_on AS stated_on, r.organization, r.title, r.kind, r.url, r.source_id, p.payload_url, r.payload_sha256
FROM release_at($as_of::TIMESTAMPTZ) r LEFT JOIN provenance p ON p.payload_sha256 = r.payload_sha256
WHERE r.valid_on <= $on::DATE AND r.kind IN ('post', 'changelog') AND r.organization IS NOT NULL
ORDER BY r.valid_on DESC, r.organization, r.title LIMIT $most
