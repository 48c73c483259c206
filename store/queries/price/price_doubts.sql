-- Prices that are rather slips of a table than prices, the newest first, with the reason and where they stand.
SELECT d.reason, d.model_name, d.provider, d.input_usd_per_mtok, d.output_usd_per_mtok, d.observed_at, d.source_id,
       d.model_id, p.payload_url, d.payload_sha256
FROM price_doubt d LEFT JOIN provenance p ON p.payload_sha256 = d.payload_sha256
WHERE d.observed_at <= $as_of::TIMESTAMPTZ
ORDER BY d.observed_at DESC, d.source_id, d.model_name, d.provider
