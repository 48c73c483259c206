-- The last day, not after $on, on which enough prices were confirmed to speak of it: on which at least half of those that
-- had begun and had not ended were confirmed within 60 days; of makers' list prices, and of all sellers' prices. Null
-- where no day is such a one. And the day of the newest confirmation of any makers' list price that had begun by $on: later
-- prices only expire.
WITH offers AS (
    SELECT starts_on, until, confirmed_on, is_makers
    FROM price_step_at($as_of::TIMESTAMPTZ, $on::DATE)
    WHERE tier = 'standard' AND listed AND input_usd_per_mtok > 0 AND confirmed_on IS NOT NULL
),
days AS (
    SELECT $on::DATE AS day
    UNION SELECT least(confirmed_on + 60, $on::DATE) FROM offers
),
counted AS (
    SELECT day, count(*) AS n, count(*) FILTER (day <= confirmed_on + 60) AS confirmed,
           count(*) FILTER (is_makers) AS n_makers,
           count(*) FILTER (is_makers AND day <= confirmed_on + 60) AS confirmed_makers
    FROM days JOIN offers ON starts_on <= day AND (until IS NULL OR until > day)
    GROUP BY day
)
SELECT max(day) FILTER (n_makers > 0 AND 2 * confirmed_makers >= n_makers) AS last_confirmed_day,
       max(day) FILTER (2 * confirmed >= n) AS last_confirmed_day_of_hosts,
       (SELECT max(confirmed_on) FROM offers WHERE is_makers) AS last_reading_on
FROM counted
