-- What was asked for one model by each seller, step by step, as it was known at an instant, with who says so and who says
-- otherwise. A price whose `confirmed_on` lies back more than 60 days is "last seen on" that day. A shut-down that is to
-- come is said where its notice was known.
WITH heard AS (SELECT list(DISTINCT source_id) AS sources FROM payload WHERE as_of <= $as_of::TIMESTAMPTZ),
told AS (
    SELECT *, reason = 'shut down by notice' AND EXISTS (
        SELECT 1 FROM price_step n
        WHERE n.model_id = s.model_id AND n.provider = s.provider AND n.tier = s.tier AND n.starts_on = s.ends_on
          AND n.basis = 'notice' AND n.observed_at <= $as_of::TIMESTAMPTZ) AS is_noticed
    FROM price_step_at($as_of::TIMESTAMPTZ, $on::DATE) s
)
SELECT model_id, seller, provider, tier, starts_after, starts_on, basis,
       coalesce(until, CASE WHEN is_noticed THEN ends_on END) AS ends_on,
       CASE WHEN until IS NOT NULL THEN reason
            WHEN NOT in_force THEN 'not confirmed'
            WHEN is_noticed THEN reason END AS reason,
       input_usd_per_mtok, output_usd_per_mtok, cached_input_usd_per_mtok, confirmed_on AS last_confirmed_on, in_force,
       list_intersect(for_sources, sources).list_sort() AS for_sources,
       list_intersect(against_sources, sources).list_sort() AS against_sources, source_id, model_name, url, observed_at, payload_sha256, is_makers, preference
FROM told, heard
WHERE model_id = $model AND listed
ORDER BY preference, provider, tier <> 'standard', tier, starts_on, observed_at
