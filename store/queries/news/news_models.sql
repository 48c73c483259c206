-- Models by the day of their release, or by the day on which a list that had been read before first showed them
-- (`is_sighted`), each with the earliest payload that says so, its first price and its capability index. What is sold by
-- others only and named for how quickly they serve a known model is no model of its own.
WITH told AS (
    SELECT e.model_id, e.source_id, e.payload_sha256, r.as_of AS known_at, r.read_before
    FROM release_evidence e
    JOIN model m ON m.model_id = e.model_id
     AND e.released_on = m.released_on AND (e.evidence LIKE '%first seen') = (m.released_basis LIKE '%first seen')
    JOIN payload_read r ON r.source_id = e.source_id AND r.payload_sha256 = e.payload_sha256
    QUALIFY row_number() OVER (PARTITION BY e.model_id ORDER BY r.as_of, e.source_id, e.payload_sha256) = 1
),
named AS (
    SELECT a.model_id, arg_min(r.url, (r.valid_on, r.source_id, r.entry_id)) AS url
    FROM announcement a JOIN release r USING (source_id, entry_id) JOIN model m USING (model_id)
    WHERE r.valid_on BETWEEN m.released_on - 2 AND m.released_on + 2 AND r.url IS NOT NULL AND NOT r.gone
    GROUP BY a.model_id
),
stated AS (
    SELECT a.model_id, f.payload_sha256, min(f.url) AS url
    FROM model_fact f JOIN model_alias a USING (source_id, model_name)
    WHERE f.url IS NOT NULL AND NOT f.gone GROUP BY ALL
),
first_price AS (
    SELECT model_id, input_usd_per_mtok, output_usd_per_mtok
    FROM price_step
    WHERE tier = 'standard' AND listed AND coalesce(is_own, seller = 'maker')
      AND input_usd_per_mtok > 0 AND output_usd_per_mtok > 0
    QUALIFY row_number() OVER (PARTITION BY model_id ORDER BY starts_on, preference, provider, observed_at) = 1
),
quicker AS (
    SELECT v.model_id
    FROM model v
    JOIN model b
      ON b.model_id = regexp_replace(v.model_id, '-((ultra|super|hyper)-?)?(fast|high-?speed|throughput)(-us)?$', '')
    JOIN price_step p ON p.model_id = v.model_id
    WHERE b.model_id <> v.model_id
    GROUP BY v.model_id HAVING NOT bool_or(coalesce(p.is_own, p.seller = 'maker'))
)
SELECT m.model_id, coalesce(m.title, m.model_id) AS title, m.organization, m.released_on, m.released_precision,
       m.released_basis, m.open_weights, m.released_basis LIKE '%first seen' AS is_sighted,
       t.known_at, t.read_before, t.source_id, t.payload_sha256, coalesce(n.url, f.url, s.homepage) AS url,
       s.title AS source_title, p.input_usd_per_mtok, p.output_usd_per_mtok, c.capability, c.low, c.high
FROM model m
JOIN told t USING (model_id)
LEFT JOIN named n USING (model_id)
LEFT JOIN stated f ON f.model_id = m.model_id AND f.payload_sha256 = t.payload_sha256
LEFT JOIN source s ON s.source_id = t.source_id
LEFT JOIN first_price p ON p.model_id = m.model_id
LEFT JOIN capability_index c ON c.model_id = m.model_id
WHERE m.organization IS NOT NULL AND m.kind IN ('dated', 'undated') AND m.released_on IS NOT NULL
  AND m.model_id NOT IN (FROM quicker)
ORDER BY m.released_on, m.model_id
