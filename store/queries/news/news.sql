-- What had happened by a day and was known by an instant, the newest first. A notice known long before its day is news on
-- its day. `by_maker`: whether who tells it, sells or shuts it down makes models, and is no cloud that hosts others';
-- `benchmarks`: how many tests know the model, so that well-known ones can be named first.
WITH scored AS (
    SELECT model_id, count(DISTINCT benchmark_id) AS benchmarks
    FROM score_at($as_of::TIMESTAMPTZ) WHERE model_id IS NOT NULL GROUP BY model_id
)
SELECT n.happened_on, n.happened_after, n.kind, n.headline, n.changes, n.organization, n.model_id,
       coalesce(m.title, n.model_id) AS model, n.subject,
       n.subject IN (SELECT organization FROM model WHERE organization IS NOT NULL) AS by_maker,
       coalesce(benchmarks, 0) AS benchmarks,
       n.before, n.after, n.unit, n.about_on, n.evidence, n.known_at, n.is_late, n.source_id, n.url, n.news_id,
       p.payload_url, n.payload_sha256
FROM news n LEFT JOIN model m USING (model_id) LEFT JOIN scored USING (model_id)
LEFT JOIN provenance p ON p.payload_sha256 = n.payload_sha256
WHERE n.known_at <= $as_of::TIMESTAMPTZ AND n.happened_on <= $on::DATE
ORDER BY n.happened_on DESC, n.kind, n.headline, n.news_id
