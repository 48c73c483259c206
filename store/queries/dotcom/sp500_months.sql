-- The S&P 500 by month from Shiller's workbook: price, earnings of the past twelve months, consumer prices, CAPE, and
-- the real price in money of the last month; up to a day:
-- a month's mean is known when the month is over.
WITH months AS (
    SELECT valid_on,
           max(value) FILTER (series_id = 'shiller-sp500') AS price,
           max(value) FILTER (series_id = 'shiller-earnings') AS earnings,
           max(value) FILTER (series_id = 'shiller-cpi') AS consumer_prices,
           max(value) FILTER (series_id = 'shiller-cape') AS cape,
           any_value(source_id) AS source_id
    FROM series_point_at($as_of::TIMESTAMPTZ)
    WHERE source_id = 'shiller-xls' AND last_day(valid_on) <= $on::DATE
    GROUP BY valid_on
)
SELECT *, price / consumer_prices * last_value(consumer_prices IGNORE NULLS) OVER (
           ORDER BY valid_on ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS real_price
FROM months ORDER BY valid_on
