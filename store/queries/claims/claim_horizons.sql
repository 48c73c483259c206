-- METR's 50 % time horizons in minutes, the headline score of each model on each suite of tasks (headline_score_at); the
-- same models as on the page of S-curves: moving names and models whose release day no source states are left out.
SELECT h.benchmark_id, h.benchmark, h.model_id, coalesce(m.organization, h.organization) AS organization, m.released_on,
       h.score AS value, h.source_id, h.payload_sha256, h.url
FROM headline_score_at($as_of::TIMESTAMPTZ, 'none') h JOIN model m USING (model_id)
WHERE h.benchmark_id LIKE 'metr-horizon-50-%' AND h.score > 0
  AND m.released_on IS NOT NULL AND m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated')
ORDER BY h.benchmark_id, m.released_on, h.model_id
