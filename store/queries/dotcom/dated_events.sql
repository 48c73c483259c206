-- Dated facts of the two booms ($topic is 'dotcom' or 'ai'), up to the as-of date.
SELECT valid_on, title, note, url, source_id
FROM event_at($now::TIMESTAMPTZ)
WHERE topic = $topic AND valid_on <= $as_of::TIMESTAMPTZ::DATE
ORDER BY valid_on, title
