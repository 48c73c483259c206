-- Every price statement of every tier that had been observed by an instant, with its model, the model's release date (not
-- one that a price list gave in the first place), and the address of its list.
SELECT p.source_id, p.model_name, p.provider, p.tier, p.seller, p.valid_on,
       p.input_usd_per_mtok, p.output_usd_per_mtok, p.cached_input_usd_per_mtok,
       p.observed_at, p.gone, p.url, p.payload_sha256, v.payload_url AS listed_at,
       a.model_id, CASE WHEN m.released_basis NOT LIKE '%price listing first seen' THEN m.released_on END AS released_on
FROM price p
JOIN model_alias a USING (source_id, model_name)
JOIN model m USING (model_id)
LEFT JOIN provenance v USING (payload_sha256)
WHERE p.observed_at <= $as_of::TIMESTAMPTZ
ORDER BY p.source_id, p.model_name, p.provider, p.tier, p.valid_on NULLS FIRST, p.observed_at
