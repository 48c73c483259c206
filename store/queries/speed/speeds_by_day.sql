-- Every measured output speed, tokens per second, by day, model and host, from all sources; of offers of one host the fastest.
SELECT coalesce(s.valid_on, s.observed_at::DATE) AS measured_on, s.model_id,
       any_value(coalesce(m.title, s.model_id)) AS title, lower(s.provider) AS host,
       max(s.output_tokens_per_second) AS output_tokens_per_second, min(s.source_id) AS source_id
FROM speed_at($as_of::TIMESTAMPTZ) s LEFT JOIN model m USING (model_id)
WHERE s.output_tokens_per_second > 0 AND s.model_id IS NOT NULL AND coalesce(s.valid_on, s.observed_at::DATE) <= $on::DATE
GROUP BY ALL
ORDER BY measured_on, s.model_id, host
