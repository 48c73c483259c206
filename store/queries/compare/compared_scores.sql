-- The headline scores of some models (the rule: headline_score_at), one row a model and benchmark, with the error that is
-- known or that the interval implies: Epoch states 90 % intervals, the boards with ratings 95 %.
SELECT h.benchmark_id, h.benchmark, h.model_id, h.score, h.unit, h.stderr_known AS stderr, h.low, h.high,
       CASE WHEN h.full_setting = concat_ws(' ', h.setting, h.setting) THEN h.setting ELSE h.full_setting END AS setting,
       h.higher_is_better, h.reported_by, h.source_id, h.observed_at, h.valid_on, coalesce(h.url, p.payload_url) AS url,
       h.payload_sha256
FROM headline_score_at($as_of::TIMESTAMPTZ, 'none') h
LEFT JOIN provenance p ON p.payload_sha256 = h.payload_sha256
WHERE h.model_id IN (SELECT unnest($models))
ORDER BY h.benchmark, h.benchmark_id, h.model_id
