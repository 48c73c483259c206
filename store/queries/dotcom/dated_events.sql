-- Dated facts of the two booms ($topic is 'dotcom' or 'ai'), up to a day.
SELECT valid_on, title, note, url, source_id
FROM event_at($as_of::TIMESTAMPTZ)
WHERE topic = $topic AND valid_on <= $on::DATE
ORDER BY valid_on, title
