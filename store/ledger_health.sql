WITH named AS (SELECT source_id FROM run UNION SELECT source_id FROM plan),
newest AS (SELECT source_id, max(run_id) AS run_id FROM run GROUP BY source_id),
good AS (
    SELECT source_id, max(run_id) AS run_id, max(finished_at) AS at FROM run
    WHERE status IN ('new data', 'unchanged') AND trigger <> 'backfill' GROUP BY source_id
),
fresh AS (SELECT source_id, max(finished_at) AS at FROM run WHERE status = 'new data' AND trigger <> 'backfill' GROUP BY source_id)
SELECT
    named.source_id,
    run.started_at AS last_run_at,
    run.status AS last_status,
    good.at AS last_success_at,
    fresh.at AS last_new_at,
    (SELECT count(*) FROM run f
     WHERE f.source_id = named.source_id AND f.status = 'failed' AND f.run_id > coalesce(good.run_id, 0)) AS failures_in_a_row,
    (SELECT min(f.started_at) FROM run f
     WHERE f.source_id = named.source_id AND f.status = 'failed' AND f.run_id > coalesce(good.run_id, 0)) AS failing_since,
    CASE WHEN run.status = 'failed' THEN run.error END AS last_error,
    (julianday(run.finished_at) - julianday(run.started_at)) * 86400.0 AS last_seconds,
    coalesce(plan.paused, 0) = 1 AS paused,
    plan.cadence,
    plan.next_run_at
FROM named
LEFT JOIN newest ON newest.source_id = named.source_id
LEFT JOIN run ON run.run_id = newest.run_id
LEFT JOIN good ON good.source_id = named.source_id
LEFT JOIN fresh ON fresh.source_id = named.source_id
LEFT JOIN plan ON plan.source_id = named.source_id
ORDER BY named.source_id
