-- The payloads that each side of a claim rests on, with an address: that of the rows used, else that of the payload.
SELECT e.claim_id, e.side, e.source_id, coalesce(e.url, p.payload_url) AS url, e.payload_sha256
FROM claim_evidence e LEFT JOIN provenance p USING (payload_sha256)
ORDER BY ALL
