-- Names of which a price list had said by an instant that they are no longer offered, without a day.
SELECT DISTINCT source_id, model_name FROM release_at($as_of::TIMESTAMPTZ)
WHERE kind = 'shutdown' AND ends_with(entry_id, ':removed') AND source_id IN (SELECT DISTINCT source_id FROM price)
ORDER BY source_id, model_name
