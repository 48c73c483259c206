-- The derived capability index of every model released by $as_of, in the columns of scores_of_benchmark.sql. The index
-- is one fit of all that is known now, so a past date is always the reading "released by then". Moving names, whose
-- scores are of later versions, and models whose release day no source states are left out.
SELECT c.model_id,
       coalesce(m.title, c.model_id) AS title,
       m.organization, m.released_on, m.open_weights, c.capability AS value, NULL::DOUBLE AS stderr, c.low, c.high,
       'points' AS unit, '' AS setting, 'independent' AS reported_by, c.n_benchmarks, 'epoch-benchmarks' AS source_id
FROM capability_index c JOIN model m USING (model_id)
WHERE m.released_on <= $as_of::TIMESTAMPTZ::DATE
  AND m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated')
ORDER BY m.released_on, c.model_id
