-- How many statements the warehouse holds of one source, by kind.
SELECT kind, count(*) AS "rows" FROM (
    SELECT 'score' AS kind, source_id FROM score
    UNION ALL SELECT 'price', source_id FROM price
    UNION ALL SELECT 'speed', source_id FROM speed
    UNION ALL SELECT 'release', source_id FROM release
    UNION ALL SELECT 'model_fact', source_id FROM model_fact
    UNION ALL SELECT 'benchmark', source_id FROM benchmark
    UNION ALL SELECT 'series', source_id FROM series
    UNION ALL SELECT 'series_point', source_id FROM series_point
    UNION ALL SELECT 'event', source_id FROM event
    UNION ALL SELECT 'usage', source_id FROM "usage"
) WHERE source_id = $source GROUP BY kind ORDER BY kind
