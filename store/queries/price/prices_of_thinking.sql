-- What some sellers ask for a model's output when it thinks, where they ask otherwise than without: the lowest blended
-- price per model of the tiers so called, of all that were ever in force up to $as_of.
SELECT model_id, min(blended_price(input_usd_per_mtok, output_usd_per_mtok)) AS thinking_usd_per_mtok
FROM price_story_at($as_of::TIMESTAMPTZ, $on::DATE)
WHERE tier = 'thinking' AND listed AND input_usd_per_mtok > 0 AND output_usd_per_mtok > 0
GROUP BY model_id
ORDER BY model_id
