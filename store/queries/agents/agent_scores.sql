-- The headline score (headline_score_at) of each model on the tests that agents sit: METR's horizons by suite, OSWorld and
-- its successors, SWE-bench, tau2, Terminal-Bench. Moving names and models whose release day no source states are left out.
SELECT h.benchmark_id, h.benchmark, h.model_id, coalesce(m.title, h.model_id) AS title,
       coalesce(m.organization, h.organization) AS organization, m.released_on, m.open_weights, h.score AS value,
       h.stderr_known AS stderr, NULL::DOUBLE AS cost, h.low, h.high, h.unit, h.full_setting AS setting, h.reported_by, nullif(h.cost_usd, 0) AS cost_of_run_usd, h.source_id, h.observed_at,
       h.url, h.payload_sha256
FROM headline_score_at($as_of::TIMESTAMPTZ, 'none') h JOIN model m USING (model_id)
WHERE regexp_matches(h.benchmark_id, '^(metr-horizon-50-|osworld|swe-bench-|tau2-bench-|terminal-bench-)')
  AND h.score > 0 AND m.released_on <= $on::DATE
  AND m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated')
ORDER BY h.benchmark_id, m.released_on, h.model_id
