-- The headline score of each model on one benchmark (the rule: headline_score_at), with the payload that says so.
-- `date_is_stated` is false for moving names and where the release day is only when a list first showed the model.
-- `is_moving`: a name whose day is that of its first version, while its score may be that of any later one.
SELECT
    h.model_id,
    coalesce(m.title, h.model_id) AS title,
    coalesce(m.organization, h.organization) AS organization, m.released_on, m.released_precision,
    m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated') AS date_is_stated,
    m.kind = 'alias' AND m.released_basis IS NOT DISTINCT FROM 'first version' AS is_moving,
    m.open_weights, m.reasoning, h.score AS value, h.unit, h.stderr, h.stderr_known,
    h.low, h.high, h.stated_reach,
    CASE WHEN h.full_setting = concat_ws(' ', h.setting, h.setting) THEN h.setting ELSE h.full_setting END AS setting,
    h.reported_by, h.cost_usd AS cost_of_run_usd, h.cost_usd_per_task AS cost_per_task_usd,
    h.source_id, h.model_name, h.observed_at, h.url, p.payload_url, h.payload_sha256
FROM headline_score_at($as_of::TIMESTAMPTZ, $cost) h
JOIN model m USING (model_id)
LEFT JOIN provenance p ON p.payload_sha256 = h.payload_sha256
WHERE h.benchmark_id = $benchmark AND m.released_on <= $on::DATE
ORDER BY m.released_on, h.model_id
