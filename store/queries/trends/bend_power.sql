-- How surely the test of a bend would have noticed a change of pace of a series, by months since: in one look, and with
-- looks every month.
SELECT as_of, change, months, noticed, noticed_monthly, threshold, threshold_monthly, worlds, models
FROM bend_power WHERE series_id = $series ORDER BY change, months
