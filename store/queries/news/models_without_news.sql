-- How many models a list showed for the first time when it had not been read for long, or never: they are known from that
-- day, are told as no news, and nobody knows when they came.
SELECT m.released_on AS seen_on, count(*) AS models
FROM model m
WHERE m.released_basis LIKE '%first seen' AND m.kind IN ('dated', 'undated') AND m.organization IS NOT NULL
  AND m.released_on <= $on::DATE
  AND m.model_id NOT IN (SELECT model_id FROM news WHERE kind = 'model' AND model_id IS NOT NULL)
GROUP BY m.released_on ORDER BY m.released_on
