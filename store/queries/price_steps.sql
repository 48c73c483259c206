-- Every step of every list price up to a day, by the day from which it held: as the source says, else the release
-- day for a first listing within nine months of it, else the day it was first seen. Announced prices do not count; a
-- null price means that the name was no longer listed. One source speaks for a model, so that a step is never a
-- change of source: the maker's price before a router's before a reseller's, then in the order of the list below.
-- Ten times more or less than the median of what is said of a model is a slip of the table, not a price: left out.
-- `is_list_price` marks the step in force on the day that is the model's list price (the lowest, if listed twice).
WITH known AS (
    SELECT p.*, a.model_id, m.released_on,
           row_number() OVER chain AS place,
           last_value(p.seller IGNORE NULLS) OVER chain AS sold_by
    FROM price p
    JOIN model_alias a USING (source_id, model_name)
    JOIN model m USING (model_id)
    WHERE p.tier = 'standard' AND p.observed_at <= $as_of::TIMESTAMPTZ
    WINDOW chain AS (PARTITION BY p.source_id, p.model_name, p.provider ORDER BY p.observed_at, p.valid_on)
),
dated AS (
    SELECT *,
        CASE WHEN valid_on IS NOT NULL THEN valid_on
             WHEN place = 1 AND observed_at::DATE - released_on BETWEEN 0 AND 270 THEN released_on
             ELSE observed_at::DATE END AS held_from,
        CASE sold_by WHEN 'maker' THEN 0 WHEN 'router' THEN 10 ELSE 20 END + coalesce(list_position(
            ['litellm-prices', 'llm-prices', 'genai-prices', 'models-dev', 'openrouter-models'], source_id), 9)
            AS preference
    FROM known
),
spoken AS (
    SELECT *,
        CASE WHEN gone THEN NULL ELSE input_usd_per_mtok END AS input_price,
        CASE WHEN gone THEN NULL ELSE output_usd_per_mtok END AS output_price
    FROM dated
    WHERE held_from <= $on::DATE
    QUALIFY preference = min(preference) OVER (PARTITION BY model_id)
),
chosen AS (
    SELECT *,
        row_number() OVER (
            PARTITION BY source_id, model_name, provider ORDER BY held_from DESC, observed_at DESC) = 1 AS in_force
    FROM (
        SELECT * FROM spoken
        QUALIFY input_price IS NULL OR input_price = 0
            OR input_price / median(nullif(input_price, 0)) OVER (PARTITION BY model_id) BETWEEN 0.1 AND 10
    )
)
SELECT model_id, source_id, model_name, provider, sold_by AS seller, held_from,
       input_price AS input_usd_per_mtok, output_price AS output_usd_per_mtok, observed_at, url, payload_url,
       payload_sha256,
       in_force AND input_price > 0 AND output_price > 0 AND row_number() OVER (
           PARTITION BY model_id ORDER BY NOT in_force, coalesce(input_price, 0) <= 0, coalesce(output_price, 0) <= 0,
                        3 * input_price + output_price, held_from, provider, model_name) = 1 AS is_list_price
FROM chosen LEFT JOIN provenance USING (payload_sha256)
ORDER BY model_id, provider, model_name, held_from, observed_at
