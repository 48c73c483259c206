-- What is declared of each source of prices: its page, its addresses, whom it copies, and what its dates are.
SELECT source_id, homepage, urls, copies, coalesce(dates_readings, false) AS dates_readings FROM source
WHERE source_id IN (SELECT DISTINCT source_id FROM price)
ORDER BY source_id
