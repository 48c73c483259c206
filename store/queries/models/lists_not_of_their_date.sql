-- Payloads of scores that show three models or more a week or more before the release day that a source states for them,
-- with that of the newest: an edition's date is no day of measurement. Moving names are no judges.
SELECT s.payload_sha256, max(m.released_on) AS there_by
FROM score s JOIN model_alias a USING (source_id, model_name) JOIN model m USING (model_id)
WHERE m.released_on > s.observed_at::DATE + 7 AND m.released_basis NOT LIKE '%first seen' AND m.kind = 'dated'
GROUP BY s.payload_sha256
HAVING count(DISTINCT a.model_id) >= 3
ORDER BY s.payload_sha256
