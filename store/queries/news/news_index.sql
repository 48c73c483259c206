-- The capability index of every dated model with the reading that first showed a score of it, in the order in which the
-- scores came to be known.
WITH first AS (
    SELECT a.model_id, min(s.observed_at) AS known_at, arg_min(s.payload_sha256, (s.observed_at, s.payload_sha256)) AS payload_sha256
    FROM score s JOIN model_alias a USING (source_id, model_name)
    WHERE s.source_id = 'epoch-benchmarks' AND s.unit = 'fraction' AND NOT s.gone GROUP BY a.model_id
)
SELECT c.model_id, coalesce(m.title, c.model_id) AS title, m.organization, m.released_on, c.capability, c.low, c.high,
       f.known_at, r.read_before, f.payload_sha256, s.homepage AS url, s.title AS source_title
FROM capability_index c
JOIN model m USING (model_id)
JOIN first f USING (model_id)
JOIN payload_read r ON r.source_id = 'epoch-benchmarks' AND r.payload_sha256 = f.payload_sha256 AND r.as_of = f.known_at
LEFT JOIN source s ON s.source_id = 'epoch-benchmarks'
WHERE m.released_on IS NOT NULL AND m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated')
ORDER BY f.known_at, c.capability, c.model_id
