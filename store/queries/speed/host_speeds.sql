-- Output speed of each host for each open model, tokens per second, from the lists that name several hosts of a model. A
-- source that dates its entries keeps them; of one that does not, only its newest state counts, so that hosts which left
-- are not mixed in.
SELECT * EXCLUDE (newest_on, dated)
FROM (
    SELECT s.model_id, coalesce(m.title, s.model_id) AS title, lower(s.provider) AS host, s.output_tokens_per_second,
           s.latency_seconds,
           coalesce(s.valid_on, s.observed_at::DATE) AS measured_on, s.valid_on IS NOT NULL AS dated,
           max(s.observed_at::DATE) OVER (PARTITION BY s.source_id) AS newest_on,
           s.source_id, s.payload_sha256, s.url
    FROM speed_at($as_of::TIMESTAMPTZ) s LEFT JOIN model m USING (model_id)
    WHERE s.output_tokens_per_second > 0 AND s.model_id IS NOT NULL
      AND s.source_id IN ('llmstats-providers', 'openrouter-stats')
)
WHERE dated OR measured_on = newest_on
ORDER BY source_id, model_id, host, output_tokens_per_second
