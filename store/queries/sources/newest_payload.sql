-- Up to when the archive reaches: the newest payload, and how many sources and rows there are.
SELECT max(as_of) AS last_as_of, count(DISTINCT source_id) AS sources, count(*) AS payloads,
       coalesce(sum(rows_added), 0)::BIGINT AS rows_held
FROM payload WHERE as_of <= $as_of::TIMESTAMPTZ
