-- Every source with what it holds: payloads, rows, how far back and up to when, and which of its addresses
-- was the last to answer, be it that nothing has changed.
WITH held AS (
    SELECT source_id, count(*) AS payloads, min(as_of) AS first_as_of, max(as_of) AS last_as_of,
           sum(rows_added) AS rows_added, sum(rows_refused) AS rows_refused
    FROM payload WHERE as_of <= $as_of::TIMESTAMPTZ GROUP BY source_id
),
answered AS (
    SELECT p.source_id, arg_max(p.url, greatest(p.as_of, coalesce(s.last_seen_at, p.as_of))) AS answered_by
    FROM payload p LEFT JOIN sighting s
        ON s.source_id = p.source_id AND s.url = p.url AND s.as_of = p.as_of AND s.payload_sha256 = p.sha256
    WHERE p.as_of <= $as_of::TIMESTAMPTZ AND p.url LIKE 'http%' GROUP BY p.source_id
)
SELECT s.source_id, s.title, s.homepage, s.licence, s.attribution, s.cadence, s.kinds, s.core, s.key_env,
       s.fallbacks, s.frozen, answered_by,
       coalesce(payloads, 0) AS payloads, first_as_of, last_as_of,
       len(s.urls) > 0 AND NOT list_bool_or([starts_with(u, 'http') OR starts_with(u, 'file:') FOR u IN s.urls]) AS by_hand,
       coalesce(rows_added, 0)::BIGINT AS rows_held, coalesce(rows_refused, 0)::BIGINT AS rows_in_quarantine
FROM source s LEFT JOIN held USING (source_id) LEFT JOIN answered USING (source_id)
ORDER BY s.source_id
