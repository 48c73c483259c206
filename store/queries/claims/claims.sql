-- The claims of the article of December 2024 as they were judged last: then, and by the newest data.
SELECT * FROM claim ORDER BY place
