-- Attention to the launches of GPT-3, GPT-4 and o1: daily views of a Wikipedia article of their own (kind 'views'),
-- and points of every launch that the archive of Hacker News ranks (kind 'points').
SELECT 'views' AS kind, l.launch, l.released_on, p.valid_on, p.value, p.source_id, p.payload_sha256, p.url
FROM series_point_at($as_of::TIMESTAMPTZ) p
JOIN (VALUES ('GPT-3', DATE '2020-05-28', 'gpt-3'), ('GPT-4', DATE '2023-03-14', 'gpt-4'),
             ('o1', DATE '2024-09-12', 'openai-o1')) l(launch, released_on, article)
  ON p.series_id = 'wikipedia-daily-' || l.article
UNION ALL
SELECT 'points', replace(s.title, 'Points on Hacker News in the 14 days from ', ''), p.valid_on, p.valid_on,
       p.value - coalesce(TRY_CAST(regexp_extract(p.note, '^(\d+)', 1) AS DOUBLE), 0),
       p.source_id, p.payload_sha256, p.url
FROM series_point_at($as_of::TIMESTAMPTZ) p JOIN series_at($as_of::TIMESTAMPTZ) s USING (source_id, series_id)
WHERE p.series_id LIKE 'hn-launch-points-%'
ORDER BY kind, launch, valid_on
