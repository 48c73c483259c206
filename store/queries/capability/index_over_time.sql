-- The derived capability index beside release date, maker and openness.
SELECT c.model_id, m.title, m.organization, m.released_on, m.released_precision, m.open_weights,
       c.capability AS value, c.low, c.high, c.n_benchmarks
FROM capability_index c JOIN model m USING (model_id)
ORDER BY m.released_on, c.model_id
