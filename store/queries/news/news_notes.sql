-- What makers published under their own name: posts, change logs and releases of software, each page once, in its latest
-- wording, with the reading that first showed it and the models that it names.
WITH first AS (
    SELECT source_id, entry_id, min(observed_at) AS known_at, arg_min(payload_sha256, observed_at) AS payload_sha256
    FROM release GROUP BY ALL
),
named AS (
    SELECT a.source_id, a.entry_id, list(DISTINCT coalesce(m.title, m.model_id) ORDER BY coalesce(m.title, m.model_id)) AS models, min(a.model_id) AS model_id
    FROM announcement a JOIN model m USING (model_id) GROUP BY ALL
)
SELECT l.source_id, l.entry_id, l.kind, l.title, l.organization, l.valid_on, l.url, s.title AS source_title, f.known_at,
       r.read_before, n.models, CASE WHEN len(n.models) = 1 THEN n.model_id END AS model_id, f.payload_sha256,
       coalesce(nullif(regexp_replace(regexp_replace(l.url, '[?].*$', ''), '/+$', ''), ''), concat_ws(' ', l.source_id, l.entry_id)) AS page
FROM release_at($as_of::TIMESTAMPTZ) l
JOIN first f USING (source_id, entry_id)
JOIN payload_read r ON r.source_id = l.source_id AND r.payload_sha256 = f.payload_sha256 AND r.as_of = f.known_at
LEFT JOIN named n USING (source_id, entry_id)
LEFT JOIN source s ON s.source_id = l.source_id
WHERE l.kind IN ('post', 'changelog', 'software') AND l.organization IS NOT NULL AND l.valid_on IS NOT NULL
  AND l.valid_precision = 'day'
QUALIFY row_number() OVER (PARTITION BY l.organization, l.title, page, l.valid_on ORDER BY f.known_at, l.source_id, l.entry_id) = 1
    AND row_number() OVER (PARTITION BY l.organization, l.title, l.valid_on ORDER BY f.known_at, l.source_id, l.entry_id) = 1
ORDER BY l.valid_on, l.source_id, l.entry_id
