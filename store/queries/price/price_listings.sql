-- Every listing of LiteLLM's price file in each of its dated versions up to $as_of: what was in force then, standard
-- tier. The file is taken only for chat, completion and responses modes.
WITH version AS (
    SELECT DISTINCT as_of AS seen_at FROM payload
    WHERE source_id = 'litellm-prices' AND as_of <= $as_of::TIMESTAMPTZ
),
said AS (
    SELECT model_name, provider, observed_at, gone, input_usd_per_mtok, output_usd_per_mtok,
           coalesce(lead(observed_at) OVER (PARTITION BY model_name, provider ORDER BY observed_at),
                    TIMESTAMPTZ '2100-01-01 00:00:00+00') AS until
    FROM price
    WHERE source_id = 'litellm-prices' AND tier = 'standard' AND observed_at <= $as_of::TIMESTAMPTZ
)
SELECT concat_ws(' at ', s.model_name, s.provider) AS listing, v.seen_at::DATE AS seen_on, 'chat' AS mode,
       blended_price(input_usd_per_mtok, output_usd_per_mtok) AS price_usd_per_mtok, 'litellm-prices' AS source_id
FROM version v JOIN said s ON s.observed_at <= v.seen_at AND v.seen_at < s.until
WHERE NOT s.gone AND input_usd_per_mtok IS NOT NULL AND output_usd_per_mtok IS NOT NULL
ORDER BY seen_on, listing
