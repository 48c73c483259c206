-- Changes of standard prices from one step to the next of the same model and seller, where both were offered. A day that
-- nobody states lies between two readings (`starts_after`, `read_before`).
WITH step AS (
    SELECT *, coalesce(is_own, seller = 'maker') AS is_makers,
           lag(input_usd_per_mtok) OVER story AS before_input, lag(output_usd_per_mtok) OVER story AS before_output,
           lag(listed) OVER story AS before_listed
    FROM price_step WHERE tier = 'standard'
    WINDOW story AS (PARTITION BY model_id, provider ORDER BY starts_on, listed DESC, observed_at)
)
SELECT p.model_id, coalesce(m.title, p.model_id) AS title, m.organization, p.provider, p.seller, p.is_makers,
       p.starts_on, p.starts_after, p.basis, p.input_usd_per_mtok, p.output_usd_per_mtok, p.before_input, p.before_output,
       p.observed_at AS known_at, r.read_before, len(p.for_sources) AS n_sources, p.source_id, p.payload_sha256,
       coalesce(p.url, s.homepage) AS url, s.title AS source_title,
       row_number() OVER (PARTITION BY p.model_id, p.provider, p.before_input, p.before_output,
                          p.input_usd_per_mtok, p.output_usd_per_mtok ORDER BY p.starts_on, p.observed_at) AS time
FROM step p
JOIN model m USING (model_id)
JOIN payload_read r ON r.source_id = p.source_id AND r.payload_sha256 = p.payload_sha256 AND r.as_of = p.observed_at
LEFT JOIN source s ON s.source_id = p.source_id
WHERE p.listed AND p.before_listed AND p.basis IN ('stated', 'between sightings')
  AND p.seller IN ('maker', 'host', 'cloud') AND m.organization IS NOT NULL AND m.kind IN ('dated', 'undated')
  AND least(p.input_usd_per_mtok, p.output_usd_per_mtok, p.before_input, p.before_output) > 0
  AND (p.input_usd_per_mtok <> p.before_input OR p.output_usd_per_mtok <> p.before_output)
ORDER BY p.starts_on, p.model_id, p.provider, p.observed_at
