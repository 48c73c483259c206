-- The makers' list prices of o1 and of Claude 3.5 Sonnet as last asked by then, USD per million tokens.
SELECT CASE WHEN p.model_id LIKE 'o1%' THEN 'o1' ELSE 'sonnet' END AS role, p.model_id, m.released_on,
       p.input_usd_per_mtok, p.output_usd_per_mtok, p.observed_at::DATE AS observed_on,
       p.source_id, p.payload_sha256, p.url
FROM price_step_at($as_of::TIMESTAMPTZ, $as_of::TIMESTAMPTZ::DATE) p JOIN model m USING (model_id)
WHERE p.model_id IN ('o1-preview-2024-09-12', 'o1-2024-12-17',
                     'claude-3-5-sonnet-20240620', 'claude-3-5-sonnet-20241022')
  AND p.is_makers AND p.seller = 'maker' AND p.tier = 'standard' AND p.listed
  AND p.input_usd_per_mtok > 0 AND p.output_usd_per_mtok > 0
QUALIFY row_number() OVER (PARTITION BY p.model_id ORDER BY p.preference, p.starts_on DESC, p.observed_at DESC) = 1
ORDER BY m.released_on DESC, observed_on DESC, p.source_id, p.model_name, p.provider
