-- The verdict on the published index at each month end as it was known then, oldest first.
SELECT series_id, as_of, verdict, recent, recent_low, recent_high, earlier
FROM track_record WHERE reading = 'known' ORDER BY series_id, as_of
