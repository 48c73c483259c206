-- Models by release day up to the as-of date whose day is stated, and those that nobody but a price list has shown
-- (`is_sighted`): these were there by that day, and may have been long before.
SELECT m.model_id,
       coalesce(m.title, m.model_id) AS title,
       m.organization, m.released_on, m.released_precision, m.released_basis, m.open_weights, m.reasoning,
       m.released_basis LIKE '%price listing first seen' AS is_sighted,
       said.source_id
FROM model m
LEFT JOIN (
    SELECT model_id, released_on, min(source_id) AS source_id FROM release_evidence GROUP BY model_id, released_on
) said USING (model_id, released_on)
WHERE m.released_on BETWEEN $since::DATE AND $on::DATE
  AND m.released_basis NOT LIKE '%leaderboard first seen' AND m.organization IS NOT NULL AND m.kind <> 'family'
ORDER BY m.released_on DESC, m.model_id
