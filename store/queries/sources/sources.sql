-- Every source with what it holds: payloads, rows, how far back and up to when.
WITH held AS (
    SELECT source_id, count(*) AS payloads, min(as_of) AS first_as_of, max(as_of) AS last_as_of,
           sum(rows_added) AS rows_added, sum(rows_refused) AS rows_refused
    FROM payload WHERE as_of <= $as_of::TIMESTAMPTZ GROUP BY source_id
)
SELECT s.source_id, s.title, s.homepage, s.licence, s.attribution, s.cadence, s.kinds, s.core, s.key_env,
       coalesce(payloads, 0) AS payloads, first_as_of, last_as_of,
       coalesce(rows_added, 0)::BIGINT AS rows_held, coalesce(rows_refused, 0)::BIGINT AS rows_in_quarantine
FROM source s LEFT JOIN held USING (source_id)
ORDER BY s.source_id
