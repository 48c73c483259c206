-- The ratings of one board on one day, one row per model: its best listing. Boards state 95 % intervals.
SELECT a.model_id,
       coalesce(m.title, a.model_id) AS title,
       coalesce(m.organization, s.organization) AS organization, m.released_on,
       m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated') AS date_is_stated, m.open_weights,
       s.score AS value, (s.high - s.low) / 3.92 AS stderr, s.low, s.high, s.unit, coalesce(a.setting, '') AS setting,
       s.reported_by, s.source_id, s.model_name, s.observed_at, s.payload_sha256, p.payload_url
FROM score s
JOIN model_alias a USING (source_id, model_name)
JOIN model m USING (model_id)
LEFT JOIN provenance p ON p.payload_sha256 = s.payload_sha256
WHERE s.benchmark_id = $benchmark AND s.source_id = $source AND s.valid_on = $board_on::DATE AND NOT s.gone
  AND s.observed_at <= $as_of::TIMESTAMPTZ AND m.released_on <= $board_on::DATE
QUALIFY row_number() OVER (PARTITION BY a.model_id ORDER BY s.score DESC, s.observed_at DESC, s.model_name) = 1
ORDER BY m.released_on, a.model_id
