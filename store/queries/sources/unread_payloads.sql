-- Addresses of which the newest payload could not be read at all, with the reason.
SELECT source_id, url, as_of, error FROM (
    SELECT *, max(as_of) OVER (PARTITION BY source_id, url) AS newest_as_of FROM payload
)
WHERE unread AND as_of = newest_as_of
ORDER BY source_id, url
