-- The points of all series whose id matches one of the patterns $series (LIKE), one row per series and day, from the
-- table of facts only where no source of its own has the day. A series that the archive did not know yet on the as-of
-- date is read as it is known $now, up to that date, and says so in known_then. What is counted over a month, a quarter
-- or a year can be known only when that is over. Each is dated by its first day, and its precision says how long it is; a
-- fiscal quarter may begin on any day.
WITH known AS (
    SELECT *, true AS known_then FROM series_point_at($as_of::TIMESTAMPTZ)
    WHERE list_bool_or(list_transform($series::VARCHAR[], lambda pattern: series_id LIKE pattern))
),
later AS (
    SELECT *, false AS known_then FROM series_point_at($now::TIMESTAMPTZ)
    WHERE list_bool_or(list_transform($series::VARCHAR[], lambda pattern: series_id LIKE pattern))
      AND series_id NOT IN (SELECT series_id FROM known)
),
named AS (
    SELECT series_id, title, unit, region, url FROM series_at($now::TIMESTAMPTZ)
    QUALIFY row_number() OVER (PARTITION BY series_id ORDER BY source_id LIKE 'facts%', observed_at DESC) = 1
)
SELECT p.series_id, n.title, n.unit, n.region, p.valid_on, p.valid_precision, p.value, p.note, p.known_then,
       p.source_id, p.observed_at, coalesce(p.url, n.url) AS url, v.payload_url, p.payload_sha256
FROM (
    FROM (FROM known UNION ALL BY NAME FROM later)
    WHERE value IS NOT NULL AND CASE
        WHEN valid_precision = 'year' THEN make_date(year(valid_on), 12, 31)
        WHEN valid_precision = 'quarter' THEN valid_on + INTERVAL 3 MONTH - INTERVAL 1 DAY
        WHEN valid_precision = 'month' THEN last_day(valid_on)
        ELSE valid_on END <= $on::DATE
    QUALIFY row_number() OVER (
        PARTITION BY series_id, valid_on ORDER BY source_id LIKE 'facts%', observed_at DESC) = 1
) p
LEFT JOIN named n USING (series_id)
LEFT JOIN provenance v ON v.payload_sha256 = p.payload_sha256
ORDER BY p.series_id, p.valid_on
