-- Every model with the day of its release.
SELECT model_id, released_on FROM model ORDER BY model_id
