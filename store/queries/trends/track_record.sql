-- The verdict of each month end up to $as_of beside what the following year brought, oldest first.
SELECT * FROM track_record WHERE as_of <= $as_of::TIMESTAMPTZ::DATE ORDER BY series_id, as_of
