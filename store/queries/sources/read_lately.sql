-- How many sources were read in the last 30 days, be it that nothing had changed. Tables that a person has put together
-- come with the code: they are not read anywhere.
WITH reading AS (
    SELECT source_id, as_of AS read_at FROM payload
    UNION ALL SELECT source_id, last_seen_at FROM sighting
)
SELECT count(DISTINCT source_id) AS sources
FROM reading JOIN source USING (source_id)
WHERE read_at <= $as_of::TIMESTAMPTZ AND read_at >= $as_of::TIMESTAMPTZ - INTERVAL 30 DAY
  AND NOT (len(urls) > 0 AND NOT list_bool_or([starts_with(u, 'http') OR starts_with(u, 'file:') FOR u IN urls]))
