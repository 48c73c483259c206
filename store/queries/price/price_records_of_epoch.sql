-- Epoch AI's successive cheapest models at a constant score, one row per record: benchmark and named model are read off
-- the title of the series.
SELECT p.series_id, regexp_extract(s.title, 'Lowest price of the (.*) score of (.*)', 1) AS benchmark_id,
       regexp_extract(s.title, 'Lowest price of the (.*) score of (.*)', 2) AS threshold_model,
       p.valid_on, p.value AS price_usd_per_mtok, p.note AS model_id, p.source_id, p.observed_at, p.payload_sha256
FROM series_point_at($as_of::TIMESTAMPTZ) p
JOIN series_at($as_of::TIMESTAMPTZ) s USING (series_id, source_id)
WHERE p.source_id = 'epoch-price-trends' AND p.value > 0
ORDER BY s.title, p.valid_on
