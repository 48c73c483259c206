-- The last price of each model up to a day, still asked or not (held_until says until when it is known to have been
-- asked; null while it is in force). The same seller speaks for a model as in price_steps.sql: its maker, else the
-- cheapest of those who host it.
WITH heard AS (SELECT list(DISTINCT source_id) AS sources FROM payload WHERE as_of <= $as_of::TIMESTAMPTZ),
chosen AS (
    FROM price_step_at($as_of::TIMESTAMPTZ, $on::DATE)
    WHERE tier = 'standard' AND listed AND input_usd_per_mtok > 0 AND output_usd_per_mtok > 0
    QUALIFY row_number() OVER (PARTITION BY model_id, provider ORDER BY starts_on DESC, observed_at DESC) = 1
)
SELECT model_id, input_usd_per_mtok, output_usd_per_mtok, cached_input_usd_per_mtok, provider, seller,
       starts_on AS held_from,
       CASE WHEN NOT in_force THEN coalesce(least(until, confirmed_on + 1), until) END AS held_until,
       source_id AS price_source_id, observed_at, url, payload_url, payload_sha256,
       starts_after, confirmed_on AS last_confirmed_on, reason,
       list_intersect(for_sources, sources).list_sort() AS for_sources
FROM chosen LEFT JOIN provenance USING (payload_sha256), heard
QUALIFY row_number() OVER (
    PARTITION BY model_id
    ORDER BY NOT is_makers, CASE WHEN is_makers THEN preference END, NOT in_force, seller = 'router',
             blended_price(input_usd_per_mtok, output_usd_per_mtok), starts_on, provider, model_name
) = 1
ORDER BY model_id
