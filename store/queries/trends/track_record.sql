-- The verdict of each month end up to a day beside what the following year brought, oldest first.
SELECT * FROM track_record WHERE as_of <= $on::DATE ORDER BY series_id, as_of
