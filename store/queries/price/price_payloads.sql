-- When each price list was read by an instant: every payload of a source of prices from which something could be taken in.
SELECT DISTINCT source_id, url, as_of FROM payload
WHERE source_id IN (SELECT DISTINCT source_id FROM price) AND as_of <= $as_of::TIMESTAMPTZ
  AND (error IS NULL OR rows_read > 0 OR sha256 IN (SELECT DISTINCT payload_sha256 FROM price))
ORDER BY source_id, as_of, url
