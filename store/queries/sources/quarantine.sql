-- Rows that were refused, the newest first, with the reason and the payload they stood in.
SELECT q.source_id, q.kind, q.reason, q.observed_at, q."row", p.payload_url, q.payload_sha256
FROM quarantine q LEFT JOIN provenance p ON p.payload_sha256 = q.payload_sha256
WHERE q.observed_at <= $as_of::TIMESTAMPTZ AND ($source = '' OR q.source_id = $source)
ORDER BY q.observed_at DESC, q.source_id, q.reason LIMIT $most
