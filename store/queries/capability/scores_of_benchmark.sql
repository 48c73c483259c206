-- The headline score of each model on one benchmark, with the payload that says so: an independent measurement
-- before a vendor's own, then one whose cost was measured where $cost asks for it ('run' or 'task'), then the best
-- over settings and agents. Points (ratings, indices) are fitted anew at each update: only the newest board of the
-- source that was updated last counts, so that ratings of two days never stand in one line; a model's error is the one
-- that was published last, whichever source said it.
-- `date_is_stated` is false for moving names and where the release day is only when a list first showed the model.
WITH said AS (
    SELECT s.*, coalesce(b.higher_is_better, true) AS higher_is_better,
        -- Epoch states 90 % intervals, the boards with ratings 95 %.
        coalesce(s.stderr, (s.high - s.low) / CASE s.benchmark_id WHEN 'epoch-eci' THEN 3.29 ELSE 3.92 END) AS error,
        max(s.observed_at) OVER (PARTITION BY s.source_id) AS updated_at,
        max(s.valid_on) OVER (PARTITION BY s.source_id) AS last_fitted_on
    FROM score_at($as_of::TIMESTAMPTZ) s
    LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
    WHERE s.benchmark_id = $benchmark AND s.model_id IS NOT NULL
),
headline AS (
    SELECT *, coalesce(error, error_published) AS stderr_known
    FROM (
        SELECT *,
            CASE unit WHEN 'points' THEN arg_max(error, observed_at) FILTER (error IS NOT NULL)
                OVER (PARTITION BY model_id) END AS error_published
        FROM said
    )
    WHERE unit <> 'points'
       OR source_id = (SELECT arg_max(source_id, (updated_at, source_id)) FROM said)
          AND valid_on IS NOT DISTINCT FROM last_fitted_on
    QUALIFY row_number() OVER (
        PARTITION BY model_id
        ORDER BY reported_by = 'vendor',
                 CASE $cost WHEN 'run' THEN cost_usd IS NULL WHEN 'task' THEN cost_usd_per_task IS NULL ELSE false END,
                 CASE WHEN higher_is_better THEN -score ELSE score END,
                 observed_at DESC, source_id, model_name, setting
    ) = 1
)
SELECT
    h.model_id,
    coalesce(regexp_replace(regexp_replace(m.title, '^[\w.\- ]+: ', ''), ' \((\w+)\)$', ''), h.model_id) AS title,
    coalesce(m.organization, h.organization) AS organization, m.released_on, m.released_precision,
    m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated') AS date_is_stated,
    m.open_weights, m.reasoning, h.score AS value, h.unit, h.stderr_known AS stderr,
    coalesce(h.low, h.score - 1.645 * h.stderr_known) AS low, coalesce(h.high, h.score + 1.645 * h.stderr_known) AS high,
    CASE WHEN h.full_setting = concat_ws(' ', h.setting, h.setting) THEN h.setting ELSE h.full_setting END AS setting,
    h.reported_by, h.cost_usd AS cost_of_run_usd, h.cost_usd_per_task AS cost_per_task_usd,
    h.source_id, h.model_name, h.observed_at, h.url, p.payload_url, h.payload_sha256
FROM headline h
JOIN model m USING (model_id)
LEFT JOIN provenance p ON p.payload_sha256 = h.payload_sha256
WHERE m.released_on <= $released_by::DATE
ORDER BY m.released_on, h.model_id
