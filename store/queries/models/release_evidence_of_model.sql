-- What speaks for one model's release day, each piece of evidence with the payload that it stands in.
SELECT e.released_on, e.precision, e.evidence, e.source_id, p.payload_url, p.payload_as_of, e.payload_sha256
FROM release_evidence e LEFT JOIN provenance p ON p.payload_sha256 = e.payload_sha256
WHERE e.model_id = $model
ORDER BY e.released_on, e.evidence, e.source_id
