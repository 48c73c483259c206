-- Whom to credit for the data of each source.
SELECT source_id, title, homepage, licence, coalesce(nullif(attribution, ''), title) AS attribution
FROM source ORDER BY source_id
