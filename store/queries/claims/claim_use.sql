-- Who uses chat and coding assistants: stated figures with the day they speak of and who reported them.
SELECT p.series_id, s.title, s.unit, p.valid_on, p.valid_precision, p.value, p.note AS reported_by,
       p.source_id, p.payload_sha256, p.url
FROM series_point_at($as_of::TIMESTAMPTZ) p JOIN series_at($as_of::TIMESTAMPTZ) s USING (source_id, series_id)
WHERE s.source_id = 'facts'
  AND (p.series_id = 'users-chatgpt-weekly' OR p.series_id LIKE 'coding-tools-%'
       OR p.series_id LIKE 'survey-stack-overflow-%')
ORDER BY p.series_id, p.valid_on
