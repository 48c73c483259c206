-- How far each list is trusted, on whose prices, and why: its share of days right where others speak too, how late it
-- was where a price changed, how many of its prices never were, and which lists it repeats.
SELECT w.source_id, s.title, w.seller, w.n_prices, w.days_judged, w.share_right, w.median_lag_days, w.n_slips, w.weight,
       w.copies, w.found_copies
FROM price_witness w LEFT JOIN source s USING (source_id)
ORDER BY w.seller, w.weight DESC, w.source_id
