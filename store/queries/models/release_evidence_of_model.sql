-- What speaks for one model's release day, each piece of evidence with the payload that it stands in. A sighting before
-- the release day is a doubt: the list that shows it is not of its own date, or means another version.
SELECT e.released_on, e.precision, e.evidence,
       CASE WHEN e.evidence LIKE '%first seen' AND e.released_on < m.released_on
            THEN 'doubted: before the release day, moves nothing' END AS doubt,
       e.source_id, p.payload_url, p.payload_as_of, e.payload_sha256
FROM release_evidence e LEFT JOIN model m USING (model_id) LEFT JOIN provenance p ON p.payload_sha256 = e.payload_sha256
WHERE e.model_id = $model
ORDER BY e.released_on, e.evidence, e.source_id
