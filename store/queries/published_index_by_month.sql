-- The published index as it had been observed by each month end since the archive holds it.
WITH month_end AS (
    SELECT last_day(month)::DATE AS known_on
    FROM (SELECT unnest(generate_series(
        (SELECT date_trunc('month', min(observed_at)) FROM score WHERE benchmark_id = 'epoch-eci'),
        (SELECT max(observed_at) FROM score WHERE benchmark_id = 'epoch-eci'), INTERVAL 1 MONTH)) AS month)
    WHERE last_day(month) <= (SELECT max(observed_at)::DATE FROM score WHERE benchmark_id = 'epoch-eci')
),
latest AS (
    SELECT e.known_on, s.*
    FROM month_end e JOIN score s ON s.observed_at < e.known_on + INTERVAL 1 DAY
    WHERE s.benchmark_id = 'epoch-eci' AND s.source_id = 'epoch-benchmarks'
    QUALIFY row_number() OVER (
        PARTITION BY e.known_on, s.model_name, s.setting ORDER BY s.observed_at DESC) = 1
)
SELECT l.known_on, a.model_id, m.organization, m.released_on, max(l.score) AS value
FROM latest l
JOIN model_alias a USING (source_id, model_name)
JOIN model m USING (model_id)
WHERE NOT l.gone
GROUP BY ALL
ORDER BY l.known_on, m.released_on, a.model_id
