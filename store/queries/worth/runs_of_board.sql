-- The measured run of each model on one board: runs of as many tasks as most have before others (unfinished, or of
-- another board), then those whose cost was recorded, then the best. Cost is of the whole run, seconds are of one
-- task; null means not recorded.
WITH run AS (
    SELECT s.*, coalesce(s.trials, b.tasks) AS tasks,
           coalesce(nullif(s.cost_usd, 0), nullif(s.cost_usd_per_task, 0) * coalesce(s.trials, b.tasks)) AS run_usd,
           mode(coalesce(s.trials, b.tasks)) OVER () AS all_tasks
    FROM score_at($as_of::TIMESTAMPTZ) s LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
    WHERE s.benchmark_id = $benchmark AND s.unit = 'fraction' AND s.reported_by = 'independent'
      AND s.model_id IS NOT NULL AND coalesce(s.trials, b.tasks) > 0
)
SELECT r.model_id,
       coalesce(m.title, r.model_id) AS title,
       coalesce(m.organization, r.organization) AS organization, m.released_on, m.reasoning,
       r.score AS share, r.tasks, r.run_usd AS cost_usd, nullif(r.seconds_per_task, 0) AS seconds_per_task,
       r.full_setting AS setting, r.valid_on AS run_on, r.source_id, r.model_name, r.observed_at, r.url,
       p.payload_url, r.payload_sha256
FROM run r JOIN model m USING (model_id) LEFT JOIN provenance p ON p.payload_sha256 = r.payload_sha256
QUALIFY row_number() OVER (
    PARTITION BY r.model_id
    ORDER BY r.tasks <> r.all_tasks, r.run_usd IS NULL, r.score DESC, r.observed_at DESC, r.model_name, r.setting
) = 1
ORDER BY m.released_on DESC NULLS LAST, r.model_id
