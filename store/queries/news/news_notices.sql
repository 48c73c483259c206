-- Notices that a seller shuts a model down: when it was announced, for which day, and by whom we know. A list of many
-- sellers' notices dates them by its own readings (`is_of_others`): its days are bounds only.
WITH said AS (
    SELECT r.*, coalesce(nullif(regexp_extract(entry_id, ':(\d{4}-\d{2}-\d{2})$', 1), ''),
                         nullif(regexp_extract(entry_id, '-(\d{4}-\d{2}-\d{2})-[0-9a-f]{8}$', 1), '')) AS day,
           min(r.observed_at) OVER (PARTITION BY r.source_id, r.entry_id) AS first_at,
           arg_min(r.payload_sha256, r.observed_at) OVER (PARTITION BY r.source_id, r.entry_id) AS first_payload_sha256
    FROM release r WHERE kind = 'shutdown' AND model_name IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY source_id, entry_id ORDER BY observed_at DESC) = 1
),
others AS (
    SELECT source_id FROM said GROUP BY source_id HAVING count(DISTINCT organization) > 1
)
SELECT a.model_id, coalesce(m.title, a.model_id) AS title, m.organization AS maker, n.organization AS seller,
       n.valid_on AS announced_on, TRY_CAST(n.day AS DATE) AS shuts_down_on, n.first_at AS known_at, r.read_before,
       n.source_id IN (FROM others) AS is_of_others, n.source_id, n.first_payload_sha256 AS payload_sha256, n.url,
       s.title AS source_title
FROM said n
JOIN model_alias a USING (source_id, model_name)
JOIN model m USING (model_id)
JOIN payload_read r ON r.source_id = n.source_id AND r.payload_sha256 = n.first_payload_sha256 AND r.as_of = n.first_at
LEFT JOIN source s ON s.source_id = n.source_id
WHERE NOT n.gone AND n.organization IS NOT NULL AND TRY_CAST(n.day AS DATE) IS NOT NULL
ORDER BY a.model_id, seller, shuts_down_on, n.first_at, n.source_id, n.entry_id
