-- The points of the series $series, one a day: what points of a source that is being checked are held against.
SELECT series_id, valid_on, any_value(value) AS value
FROM series_point_at($as_of::TIMESTAMPTZ)
WHERE list_contains($series::VARCHAR[], series_id) AND value IS NOT NULL
GROUP BY ALL ORDER BY ALL
