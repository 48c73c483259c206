-- Sizes of training sets in tokens: the 80 of the paper on the data wall (collection 'paper') and the newer ones kept
-- by hand (collection 'newer'). Words count as 0.8 tokens, as the paper's own code has it.
SELECT 'paper' AS collection, model_name AS title, valid_on AS published_on, training_tokens AS tokens, source_id,
       NULL AS note, url, observed_at, payload_sha256
FROM model_fact_at($as_of::TIMESTAMPTZ)
WHERE source_id = 'epoch-data-stock' AND training_tokens > 0 AND valid_on IS NOT NULL
UNION ALL
SELECT 'newer', replace(s.title, 'Size of the training set of ', ''), p.valid_on,
       CASE WHEN s.unit LIKE 'words%' THEN 0.8 * p.value ELSE p.value END, p.source_id, p.note, p.url, p.observed_at,
       p.payload_sha256
FROM series_point_at($as_of::TIMESTAMPTZ) p JOIN series_at($as_of::TIMESTAMPTZ) s USING (source_id, series_id)
WHERE p.source_id = 'facts' AND p.series_id LIKE 'training-set-%' AND p.value > 0
ORDER BY collection DESC, published_on, title
