-- METR's 50 % time horizons in minutes, one row for each model of each suite of tasks; the same models as on the page of
-- S-curves: moving names and models whose release day no source states are left out.
SELECT s.benchmark_id, s.model_id, m.organization, m.released_on, max(s.score) AS value,
       arg_max(s.source_id, (s.score, s.observed_at, s.source_id, s.model_name, s.setting)) AS source_id, arg_max(s.payload_sha256, (s.score, s.observed_at, s.source_id, s.model_name, s.setting)) AS payload_sha256,
       arg_max(s.url, (s.score, s.observed_at, s.source_id, s.model_name, s.setting)) AS url
FROM score_at($as_of::TIMESTAMPTZ) s JOIN model m USING (model_id)
WHERE s.benchmark_id LIKE 'metr-horizon-50-%' AND s.source_id LIKE 'metr-time-horizons%' AND s.score > 0
  AND m.released_on IS NOT NULL AND m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated')
GROUP BY s.benchmark_id, s.model_id, m.organization, m.released_on
ORDER BY s.benchmark_id, m.released_on, s.model_id
