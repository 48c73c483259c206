-- Scores that may enter the capability index: headline scores on bounded benchmarks of known chance level, as known at
-- $as_of. Epoch's collection only, so that one set of rules chose the benchmarks before anyone saw our results.
SELECT s.model_id, s.benchmark_id, s.score, b.random_baseline, b.ceiling
FROM headline_score_at($as_of, '', of_source := 'epoch-benchmarks') s
JOIN benchmark_at($as_of) b USING (benchmark_id)
WHERE s.unit = 'fraction' AND b.unit = 'fraction' AND b.random_baseline IS NOT NULL AND b.ceiling IS NOT NULL
  AND s.benchmark_id NOT LIKE 'metr-average-score%'
ORDER BY ALL
