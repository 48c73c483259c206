-- Every step of every seller's price up to a day, in the columns of price_steps.sql but for is_list_price. A price ends
-- (null) where it was withdrawn, its seller shut the model down, or nobody has confirmed it for 60 days.
WITH heard AS (SELECT list(DISTINCT source_id) AS sources FROM payload WHERE as_of <= $as_of::TIMESTAMPTZ)
SELECT model_id, source_id, model_name, provider, seller, starts_on AS held_from, basis,
       CASE WHEN listed THEN input_usd_per_mtok END AS input_usd_per_mtok,
       CASE WHEN listed THEN output_usd_per_mtok END AS output_usd_per_mtok, observed_at, url, payload_sha256,
       starts_after, confirmed_on AS last_confirmed_on, reason,
       list_intersect(for_sources, sources).list_sort() AS for_sources,
       list_intersect(against_sources, sources).list_sort() AS against_sources
FROM price_story_at($as_of::TIMESTAMPTZ, $on::DATE), heard
WHERE tier = 'standard'
ORDER BY model_id, provider, held_from, observed_at, listed DESC
