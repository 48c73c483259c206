-- Dated shares of OSWorld and OSWorld-Verified tasks that agents solved, and who reported them.
SELECT split_part(s.title, ': ', 1) AS test, substr(s.title, strpos(s.title, ': ') + 2) AS system,
       p.value, p.valid_on AS stated_on, p.note AS reported_by, p.source_id, p.payload_sha256, p.url
FROM series_point_at($as_of::TIMESTAMPTZ) p JOIN series_at($as_of::TIMESTAMPTZ) s USING (source_id, series_id)
WHERE s.source_id = 'facts' AND s.title LIKE 'OSWorld%: %'
ORDER BY p.valid_on, test, p.value
