-- The capability index of every model released by $as_of, but for moving names and models whose release day no source
-- states; nothing before the archive holds the scores it rests on.
SELECT c.model_id, coalesce(m.title, c.model_id) AS title, m.organization, m.released_on, m.open_weights, c.capability AS value, c.low, c.high,
       'epoch-benchmarks' AS source_id, NULL::VARCHAR AS payload_sha256, NULL::VARCHAR AS url
FROM capability_index c JOIN model m USING (model_id)
WHERE m.released_on <= $as_of::TIMESTAMPTZ::DATE
  AND m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated')
  AND (SELECT min(observed_at) FROM score WHERE source_id = 'epoch-benchmarks') <= $as_of::TIMESTAMPTZ
ORDER BY m.released_on, c.model_id
