-- Sightings of a model before its release day, as known by an instant: the list is not of its own date, or means another
-- version by the name. They move no release day.
SELECT m.title, e.model_id, e.released_on AS seen_on, m.released_on, m.released_basis, e.evidence, e.source_id,
       p.payload_url, e.payload_sha256
FROM release_evidence e JOIN model m USING (model_id)
LEFT JOIN provenance p ON p.payload_sha256 = e.payload_sha256
WHERE e.evidence LIKE '%first seen' AND e.released_on < m.released_on AND e.released_on <= $on::DATE
ORDER BY m.released_on - e.released_on DESC, e.model_id, e.source_id, e.payload_sha256
