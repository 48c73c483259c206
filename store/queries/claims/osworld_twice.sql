-- Models that Epoch's table has twice under OSWorld, at the same number of steps, first with one share and later with
-- another, the most steps and the newest model first: since January 2026 its rows look like those of OSWorld-Verified,
-- the mended tasks, under the old name.
WITH listed AS (
    SELECT a.model_id, TRY_CAST(nullif(regexp_extract(s.setting, '\((\d+) steps\)', 1), '') AS INTEGER) AS steps,
           s.score, min(s.observed_at::DATE) AS first_on
    FROM score s JOIN model_alias a USING (source_id, model_name)
    WHERE s.source_id = 'epoch-benchmarks' AND s.benchmark_id = 'osworld' AND NOT s.gone AND s.score IS NOT NULL
      AND s.observed_at <= $as_of::TIMESTAMPTZ
    GROUP BY ALL
)
SELECT one.model_id, coalesce(m.title, one.model_id) AS title, one.steps, one.score AS before, one.first_on AS before_on,
       two.score AS after, two.first_on AS after_on
FROM listed one JOIN listed two ON one.model_id = two.model_id AND one.steps = two.steps AND one.first_on < two.first_on
JOIN model m ON m.model_id = one.model_id
WHERE one.score <> two.score
ORDER BY one.steps DESC, m.released_on DESC, one.model_id
