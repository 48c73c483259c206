-- The headline score of each dated model on GPQA Diamond, the scale of the levels, with the day on which any was known.
SELECT h.model_id, coalesce(m.title, h.model_id) AS title, coalesce(m.organization, h.organization) AS organization,
       h.score AS value, f.known_at
FROM headline_score_at($as_of::TIMESTAMPTZ, 'none') h
JOIN model m USING (model_id)
JOIN (SELECT a.model_id, min(s.observed_at) AS known_at FROM score s JOIN model_alias a USING (source_id, model_name)
      WHERE s.benchmark_id = 'gpqa-diamond' AND NOT s.gone GROUP BY a.model_id) f ON f.model_id = h.model_id
WHERE h.benchmark_id = 'gpqa-diamond' AND h.unit = 'fraction'
  AND m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated')
ORDER BY h.model_id
