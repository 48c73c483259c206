-- What every seller asks for one model, the newest statement of each source as it stands there, with where that is. Whose
-- price it is says the reviewed table of sellers, where the price history knows the seller.
WITH told AS (SELECT DISTINCT provider, seller FROM price_step WHERE model_id = $model)
SELECT p.provider, coalesce(t.seller, p.seller, 'not stated') AS seller, p.tier, p.input_usd_per_mtok, p.output_usd_per_mtok,
       p.cached_input_usd_per_mtok, coalesce(p.url, v.payload_url) AS url, p.valid_on, p.observed_at, p.source_id,
       p.model_name, v.payload_url, p.payload_sha256
FROM price_at($as_of::TIMESTAMPTZ) p
LEFT JOIN told t ON t.provider = p.provider
LEFT JOIN provenance v ON v.payload_sha256 = p.payload_sha256
WHERE p.model_id = $model AND (p.valid_on IS NULL OR p.valid_on <= $on::DATE)
ORDER BY coalesce(t.seller, p.seller) = 'maker' DESC, p.tier <> 'standard',
         blended_price(p.input_usd_per_mtok, p.output_usd_per_mtok),
         p.provider
