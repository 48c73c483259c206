-- The index that Epoch publishes, one row per model: its best version's value.
SELECT s.model_id, m.title, m.organization, m.released_on, m.released_precision, m.open_weights,
       max(s.score) AS value, arg_max(s.low, (s.score, s.observed_at, s.model_name, s.setting)) AS low, arg_max(s.high, (s.score, s.observed_at, s.model_name, s.setting)) AS high,
       arg_max(s.payload_sha256, (s.score, s.observed_at, s.model_name, s.setting)) AS payload_sha256, arg_max(s.url, (s.score, s.observed_at, s.model_name, s.setting)) AS url
FROM score_at($as_of) s JOIN model m USING (model_id)
WHERE s.benchmark_id = 'epoch-eci' AND s.source_id = 'epoch-benchmarks'
GROUP BY ALL
ORDER BY m.released_on, s.model_id
