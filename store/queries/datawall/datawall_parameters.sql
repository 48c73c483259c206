-- The stated ranges behind the stock of human text, one row per quantity, as the table of facts has them.
WITH said AS (
    SELECT regexp_extract(s.title, '^(.*) \((\w+)\)', ['quantity', 'kind']) AS named,
           CASE WHEN s.title LIKE '%, lower end' THEN 'low' WHEN s.title LIKE '%, upper end' THEN 'high' ELSE 'value'
           END AS part,
           p.value, p.low, p.high, s.unit, replace(p.note, ' interval', '') AS interval, p.source_id, p.url
    FROM series_point_at($as_of::TIMESTAMPTZ) p JOIN series_at($as_of::TIMESTAMPTZ) s USING (source_id, series_id)
    WHERE p.source_id = 'facts' AND p.series_id LIKE 'datawall-%'
)
SELECT named.quantity AS quantity, named.kind AS kind,
       max(value) FILTER (part = 'value') AS value,
       coalesce(max(value) FILTER (part = 'low'), max(low)) AS low,
       coalesce(max(value) FILTER (part = 'high'), max(high)) AS high,
       max(unit) AS unit, max(interval) AS interval, max(source_id) AS source_id, max(url) AS url
FROM said GROUP BY ALL ORDER BY kind, quantity
