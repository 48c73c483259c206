-- Every step of makers' standard prices, in the columns of price_steps.sql, with the reading that first showed it.
SELECT p.model_id, p.source_id, p.model_name, p.provider, p.seller, p.starts_on AS held_from, p.basis,
       CASE WHEN p.listed THEN p.input_usd_per_mtok END AS input_usd_per_mtok,
       CASE WHEN p.listed THEN p.output_usd_per_mtok END AS output_usd_per_mtok,
       p.starts_after, p.observed_at, r.read_before, p.payload_sha256, coalesce(p.url, s.homepage) AS url, s.title AS source_title
FROM price_step p
JOIN payload_read r ON r.source_id = p.source_id AND r.payload_sha256 = p.payload_sha256 AND r.as_of = p.observed_at
LEFT JOIN source s ON s.source_id = p.source_id
WHERE p.tier = 'standard' AND p.seller = 'maker'
ORDER BY p.model_id, p.provider, p.starts_on, p.observed_at, p.listed DESC
