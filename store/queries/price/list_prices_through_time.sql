-- The list price of each of some models on each of some days: what price_steps.sql marks `is_list_price` on that day,
-- asked for all days at once. A step is the newest on a day where the one after it begins later.
WITH step AS (
    FROM price_step_at($as_of::TIMESTAMPTZ, list_max($days)::DATE)
    WHERE tier = 'standard' AND list_contains($models, model_id)
),
story AS (
    SELECT day.on_day::DATE AS on_day, step.* REPLACE (
        coalesce(until > day.on_day::DATE, true) AND listed AND coalesce(confirmed_on + 60 >= day.on_day::DATE, true)
        AS in_force)
    FROM step JOIN (SELECT unnest($days) AS on_day) day ON step.starts_on <= day.on_day::DATE
),
speaking AS (
    SELECT on_day, model_id, provider,
           row_number() OVER (PARTITION BY on_day, model_id ORDER BY
               NOT bool_or(is_makers), CASE WHEN bool_or(is_makers) THEN min(preference) END,
               NOT bool_or(in_force AND input_usd_per_mtok > 0), min(seller = 'router'),
               min(blended_price(input_usd_per_mtok, output_usd_per_mtok)) FILTER (in_force AND listed AND input_usd_per_mtok > 0),
               min(preference), provider) AS place
    FROM story GROUP BY on_day, model_id, provider
)
SELECT on_day, model_id, input_usd_per_mtok, output_usd_per_mtok, source_id AS price_source_id, is_makers
FROM story JOIN speaking USING (on_day, model_id, provider)
WHERE place = 1 AND in_force AND input_usd_per_mtok > 0 AND output_usd_per_mtok > 0
ORDER BY on_day, model_id
