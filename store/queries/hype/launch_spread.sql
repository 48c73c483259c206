-- Points of matching stories on Hacker News in the 14 days from a launch and in the 14 days before (in the note).
SELECT p.name, l.organization, p.released_on, p.points_after, p.points_before, p.url, p.source_id
FROM (
    SELECT regexp_extract(s.title, ' from (.*)$', 1) AS name, p.valid_on AS released_on, p.value AS points_after,
           try_cast(regexp_extract(p.note, '^(\d+) in the 14 days before', 1) AS DOUBLE) AS points_before, p.url,
           p.source_id
    FROM series_point_at($as_of::TIMESTAMPTZ) p
    JOIN series_at($as_of::TIMESTAMPTZ) s USING (source_id, series_id)
    WHERE p.series_id LIKE 'hn-launch-points-%' AND p.valid_on <= $on::DATE
) p
LEFT JOIN (
    SELECT title AS name, any_value(organization) AS organization FROM event_at($as_of::TIMESTAMPTZ)
    WHERE topic = 'model-launch' GROUP BY title
) l USING (name)
ORDER BY p.released_on, p.name
