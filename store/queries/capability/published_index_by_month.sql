-- The published index as it had been observed by each month end since the archive holds it; its rows are chosen as in
-- published_index_over_time.sql.
WITH published AS (
    SELECT * FROM score
    WHERE benchmark_id = 'epoch-eci' AND source_id IN ('epoch-benchmarks', 'epoch-benchmarked-models')
),
month_end AS (
    SELECT last_day(month)::DATE AS known_on
    FROM (SELECT unnest(generate_series(
        (SELECT date_trunc('month', min(observed_at)) FROM published),
        (SELECT max(observed_at) FROM published), INTERVAL 1 MONTH)) AS month)
    WHERE last_day(month) <= (SELECT max(observed_at)::DATE FROM published)
),
latest AS (
    SELECT e.known_on, p.*, max(p.observed_at) OVER (PARTITION BY e.known_on, p.source_id) AS updated_at
    FROM month_end e JOIN published p ON p.observed_at < e.known_on + INTERVAL 1 DAY
    QUALIFY row_number() OVER (
        PARTITION BY e.known_on, p.source_id, p.model_name, p.setting ORDER BY p.observed_at DESC) = 1
),
spoke_last AS (
    SELECT known_on, arg_max(source_id, (updated_at, source_id)) AS source_id FROM latest GROUP BY known_on
),
version AS (
    SELECT l.known_on, a.model_id, m.organization, m.released_on, max(l.score) AS value
    FROM latest l
    JOIN spoke_last USING (known_on, source_id)
    JOIN model_alias a USING (source_id, model_name)
    JOIN model m USING (model_id)
    WHERE NOT l.gone AND m.released_on IS NOT NULL AND m.released_basis NOT LIKE '%first seen'
      AND m.kind IN ('dated', 'undated')
    GROUP BY ALL
)
FROM version
QUALIFY row_number() OVER (
    PARTITION BY known_on, coalesce(organization, model_id), round(value, 2) ORDER BY released_on, model_id) = 1
ORDER BY known_on, released_on, model_id
