-- Every believed step of every list price up to a day, by the day from which it held (`basis` says how that is
-- known); a null price means that the name was no longer listed. One source speaks for a model, so that a step is
-- never a change of source: the preferred one, makers before routers before resellers. `is_list_price` marks the step
-- in force on the day that is the model's list price: the lowest, where it is listed under several names.
WITH chosen AS (
    SELECT *,
        CASE WHEN listed THEN input_usd_per_mtok END AS input_price,
        CASE WHEN listed THEN output_usd_per_mtok END AS output_price,
        row_number() OVER (
            PARTITION BY source_id, model_name, provider ORDER BY starts_on DESC, observed_at DESC) = 1 AS in_force
    FROM price_step
    WHERE observed_at <= $as_of::TIMESTAMPTZ AND starts_on <= $on::DATE
    QUALIFY preference = min(preference) OVER (PARTITION BY model_id)
)
SELECT model_id, source_id, model_name, provider, seller, starts_on AS held_from, basis,
       input_price AS input_usd_per_mtok, output_price AS output_usd_per_mtok, observed_at, url, payload_url,
       payload_sha256,
       in_force AND input_price > 0 AND output_price > 0 AND row_number() OVER (
           PARTITION BY model_id ORDER BY NOT in_force, coalesce(input_price, 0) <= 0, coalesce(output_price, 0) <= 0,
                        blended_price(input_price, output_price), starts_on, provider, model_name) = 1 AS is_list_price
FROM chosen LEFT JOIN provenance USING (payload_sha256)
ORDER BY model_id, provider, model_name, held_from, observed_at
