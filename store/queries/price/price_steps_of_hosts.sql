-- Every believed step of every seller's price up to a day, in the columns of price_steps.sql but for is_list_price; not
-- the prices that Arena shows beside its ratings, because nobody can buy there. One
-- source speaks for each seller of a model, so that a step is never a change of source. A listing ends (null price) on
-- the day of its source's last payload, where that is more than 60 days before $on: nobody looked since.
WITH chosen AS (
    SELECT *
    FROM price_step
    WHERE observed_at <= $as_of::TIMESTAMPTZ AND starts_on <= $on::DATE AND source_id NOT LIKE 'arena-%'
    QUALIFY preference = min(preference) OVER (PARTITION BY model_id, lower(provider))
),
seen AS (
    SELECT source_id, max(as_of)::DATE AS last_seen_on FROM payload WHERE as_of <= $as_of::TIMESTAMPTZ GROUP BY source_id
),
ended AS (
    SELECT c.* REPLACE (last_seen_on AS starts_on, false AS listed)
    FROM chosen c JOIN seen USING (source_id)
    WHERE last_seen_on < $on::DATE - 60 AND starts_on < last_seen_on
    QUALIFY row_number() OVER (PARTITION BY source_id, model_name, provider, model_id ORDER BY starts_on DESC) = 1
)
SELECT model_id, source_id, model_name, provider, seller, starts_on AS held_from, basis,
       CASE WHEN listed THEN input_usd_per_mtok END AS input_usd_per_mtok,
       CASE WHEN listed THEN output_usd_per_mtok END AS output_usd_per_mtok, observed_at, url, payload_sha256
FROM (FROM chosen UNION ALL BY NAME FROM ended)
ORDER BY model_id, provider, model_name, held_from, observed_at
