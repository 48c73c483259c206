-- The last list price of each model up to a day, still asked or not: the price in force, else the one that was
-- withdrawn last (held_until says when). One source speaks for a model, as in price_steps.sql; where it lists the
-- model under several names, the lowest price counts.
WITH chosen AS (
    SELECT *,
        lead(starts_on) OVER (
            PARTITION BY source_id, model_name, provider ORDER BY starts_on, observed_at) AS ends_on
    FROM price_step
    WHERE observed_at <= $as_of::TIMESTAMPTZ AND starts_on <= $on::DATE
    QUALIFY preference = min(preference) OVER (PARTITION BY model_id)
)
SELECT model_id, input_usd_per_mtok, output_usd_per_mtok, cached_input_usd_per_mtok, provider, seller,
       starts_on AS held_from, ends_on AS held_until, source_id AS price_source_id, observed_at, url, payload_url,
       payload_sha256
FROM chosen LEFT JOIN provenance USING (payload_sha256)
WHERE listed AND input_usd_per_mtok > 0 AND output_usd_per_mtok > 0
QUALIFY row_number() OVER (
    PARTITION BY model_id
    ORDER BY ends_on DESC NULLS FIRST, blended_price(input_usd_per_mtok, output_usd_per_mtok), starts_on, provider,
             model_name
) = 1
ORDER BY model_id
