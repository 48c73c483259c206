-- Every step of the price that stands for each model up to a day, by the day from which it held (`basis` says how that
-- is known, `starts_after` the other end where the day is not); a null price means that it was no longer offered, or
-- that nobody has confirmed it for 60 days. One seller speaks for a model: the maker's own price is its list price; of
-- a model that its maker does not sell, the cheapest host's on that day (`price_kind` says which of the two).
-- `is_list_price` marks the step that is in force on the day. `reason`: why it ended. for_sources, against_sources: who says so and who says otherwise, of
-- those that had been read by then.
WITH heard AS (SELECT list(DISTINCT source_id) AS sources FROM payload WHERE as_of <= $as_of::TIMESTAMPTZ),
story AS (FROM price_story_at($as_of::TIMESTAMPTZ, $on::DATE) WHERE tier = 'standard'),
speaking AS (
    SELECT model_id, provider,
           row_number() OVER (PARTITION BY model_id ORDER BY
               NOT bool_or(is_makers), CASE WHEN bool_or(is_makers) THEN min(preference) END,
               NOT bool_or(in_force AND input_usd_per_mtok > 0), min(seller = 'router'),
               min(blended_price(input_usd_per_mtok, output_usd_per_mtok)) FILTER (in_force AND listed AND input_usd_per_mtok > 0),
               min(preference), provider) AS place
    FROM story GROUP BY model_id, provider
)
SELECT model_id, source_id, model_name, provider, seller, starts_on AS held_from, basis,
       CASE WHEN listed THEN input_usd_per_mtok END AS input_usd_per_mtok,
       CASE WHEN listed THEN output_usd_per_mtok END AS output_usd_per_mtok, observed_at, url, payload_url,
       payload_sha256, listed AND in_force AND input_usd_per_mtok > 0 AND output_usd_per_mtok > 0 AS is_list_price,
       CASE WHEN is_makers THEN 'list price' WHEN seller = 'router' THEN 'router' ELSE 'cheapest host' END AS price_kind,
       starts_after, confirmed_on AS last_confirmed_on, reason,
       list_intersect(for_sources, sources).list_sort() AS for_sources,
       list_intersect(against_sources, sources).list_sort() AS against_sources
FROM story JOIN speaking USING (model_id, provider) LEFT JOIN provenance USING (payload_sha256), heard
WHERE place = 1
ORDER BY model_id, provider, held_from, observed_at, listed DESC
