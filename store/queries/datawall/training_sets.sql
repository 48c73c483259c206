-- Sizes of training sets in tokens: the 80 of the paper on the data wall (collection 'paper') and the newer ones kept
-- by hand (collection 'newer') that are not among them. Words count as 0.8 tokens, as the paper's own code has it.
WITH paper AS (
    SELECT model_name AS title, valid_on AS published_on, training_tokens AS tokens, source_id, NULL AS note, url,
           observed_at, payload_sha256
    FROM model_fact_at($as_of::TIMESTAMPTZ)
    WHERE source_id = 'epoch-data-stock' AND training_tokens > 0 AND valid_on IS NOT NULL
), by_hand AS (
    SELECT replace(s.title, 'Size of the training set of ', '') AS title, p.valid_on AS published_on,
           CASE WHEN s.unit LIKE 'words%' THEN 0.8 * p.value ELSE p.value END AS tokens,
           CASE WHEN s.unit LIKE 'words%' THEN 'words, 0.8 tokens each' ELSE s.unit END AS counted_in,
           p.source_id, p.note, p.url, p.observed_at, p.payload_sha256
    FROM series_point_at($as_of::TIMESTAMPTZ) p JOIN series_at($as_of::TIMESTAMPTZ) s USING (source_id, series_id)
    WHERE p.source_id = 'facts' AND p.series_id LIKE 'training-set-%' AND p.value > 0
)
SELECT 'paper' AS collection, title, published_on, tokens, 'words, 0.8 tokens each' AS counted_in, source_id, note, url,
       observed_at, payload_sha256
FROM paper
UNION ALL
SELECT 'newer', title, published_on, tokens, counted_in, source_id, note, url, observed_at, payload_sha256
-- the paper adds names in brackets: GPT-3 175B is its GPT-3 175B (davinci)
FROM by_hand
WHERE NOT EXISTS (
    FROM paper
    WHERE paper.published_on = by_hand.published_on
      AND (lower(paper.title) = lower(by_hand.title) OR starts_with(lower(paper.title), lower(by_hand.title) || ' ('))
)
ORDER BY collection DESC, published_on, title
