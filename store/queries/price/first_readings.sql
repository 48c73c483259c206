-- The day on which each standard price of a model was first read at anybody's, up to $as_of: where a list dates its own
-- readings that day, else the day on which the archive read it.
SELECT a.model_id, p.input_usd_per_mtok, p.output_usd_per_mtok,
       min(coalesce(CASE WHEN p.valid_precision = 'day' THEN p.valid_on END, p.observed_at::DATE)) AS first_read_on
FROM price p JOIN model_alias a USING (source_id, model_name)
WHERE p.observed_at <= $as_of::TIMESTAMPTZ AND NOT p.gone AND p.tier = 'standard'
  AND p.input_usd_per_mtok > 0 AND p.output_usd_per_mtok > 0 AND a.model_id IS NOT NULL
GROUP BY a.model_id, p.input_usd_per_mtok, p.output_usd_per_mtok
ORDER BY a.model_id, p.input_usd_per_mtok, p.output_usd_per_mtok
