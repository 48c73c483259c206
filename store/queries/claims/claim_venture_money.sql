-- Whole years of venture money, USD: all sectors in the United States (era 'dotcom'), AI in the world (era 'ai').
SELECT CASE WHEN p.series_id LIKE 'venture-capital-year-%' THEN 'dotcom' ELSE 'ai' END AS era,
       CASE WHEN p.series_id LIKE 'venture-capital-year-%' THEN split_part(s.title, ', ', 2)
            ELSE split_part(s.title, ', ', 3) END AS tracker,
       year(p.valid_on)::INTEGER AS year, p.value AS usd, p.source_id, p.payload_sha256, p.url
FROM series_point_at($as_of::TIMESTAMPTZ) p JOIN series_at($as_of::TIMESTAMPTZ) s USING (source_id, series_id)
WHERE s.source_id = 'facts'
  AND (p.series_id LIKE 'venture-capital-year-%' OR p.series_id LIKE 'ai-funding-year-%-ai-funding-world')
ORDER BY era, tracker, year
