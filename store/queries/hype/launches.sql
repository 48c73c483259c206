-- Launches of models that have a thread on Hacker News, one row per launch (its first thread), up to a day.
SELECT title AS name, organization, valid_on AS released_on, url, source_id
FROM event_at($as_of::TIMESTAMPTZ)
WHERE topic = 'model-launch' AND valid_precision = 'day' AND valid_on <= $on::DATE
QUALIFY row_number() OVER (PARTITION BY title, valid_on ORDER BY event_id) = 1
ORDER BY valid_on, title
