-- Sizes of training sets (kind 'set') and the ranges that the stock of text is drawn from (kind 'input').
SELECT 'set' AS kind, f.model_name AS quantity, f.valid_on AS published_on, f.training_tokens AS tokens,
       NULL::DOUBLE AS low, NULL::DOUBLE AS high, NULL::VARCHAR AS "interval",
       f.source_id, f.payload_sha256, f.url
FROM model_fact_at($as_of::TIMESTAMPTZ) f
WHERE f.source_id = 'epoch-data-stock' AND f.training_tokens > 0 AND f.valid_on IS NOT NULL
UNION ALL
SELECT 'input', regexp_extract(s.title, '^(.*) \(input\), (lower|upper) end$', 1), max(p.valid_on), NULL,
       max(p.value) FILTER (s.title LIKE '%, lower end'), max(p.value) FILTER (s.title LIKE '%, upper end'),
       regexp_extract(min(p.note), '^(\d+ ?%)', 1),
       p.source_id, p.payload_sha256, min(p.url)
FROM series_point_at($as_of::TIMESTAMPTZ) p JOIN series_at($as_of::TIMESTAMPTZ) s USING (source_id, series_id)
WHERE s.source_id = 'facts' AND regexp_matches(s.title, ' \(input\), (lower|upper) end$')
GROUP BY 2, p.source_id, p.payload_sha256
ORDER BY 1, 3, 2
