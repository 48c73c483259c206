-- The newest day of each kind of data: the newest score seen, the last day on which a maker's price was confirmed, the
-- newest point of attention, and the newest table that a person has put together.
SELECT (SELECT max(observed_at)::DATE FROM score_seen WHERE observed_at <= $as_of::TIMESTAMPTZ) AS scores_on,
       (SELECT max(confirmed_on) FROM price_step_at($as_of::TIMESTAMPTZ, $on::DATE) WHERE is_makers AND listed) AS prices_on,
       (SELECT max(least(p.valid_on, p.observed_at::DATE))
        FROM series_point_at($as_of::TIMESTAMPTZ) p
        WHERE p.series_id IN (SELECT series_id FROM series WHERE topic = 'attention')) AS attention_on,
       (SELECT max(p.as_of)::DATE FROM payload p
        WHERE p.as_of <= $as_of::TIMESTAMPTZ AND p.source_id IN (
            SELECT source_id FROM source
            WHERE len(urls) > 0 AND NOT list_bool_or([starts_with(u, 'http') OR starts_with(u, 'file:') FOR u IN urls]))
       ) AS curated_on
