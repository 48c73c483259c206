-- What changed suddenly in the last 30 days with the newest payload of a source: rows that it lost against the payload before (read), and of
-- the figures that it states anew how many became unknown and by which factor the others jumped.
-- since: when the newest payload was served. figure: NULL for rows read. before, after: rows, or known figures of those
-- stated anew. factor: median of new to old. agreeing: share of them within a fifth of that factor.
WITH read AS (
    SELECT source_id, url, as_of, rows_read,
           lag(rows_read) OVER story AS before
    FROM payload WHERE error IS NULL AND origin = 'archive' AND as_of <= $as_of::TIMESTAMPTZ
    WINDOW story AS (PARTITION BY source_id, url ORDER BY as_of)
),
newest_read AS (
    SELECT * FROM read QUALIFY row_number() OVER (PARTITION BY source_id, url ORDER BY as_of DESC) = 1
),
stated AS (
    SELECT source_id, 'score' AS figure, observed_at, score AS value, gone,
           lag(score) OVER (PARTITION BY source_id, model_name, benchmark_id, setting, valid_on ORDER BY observed_at) AS old
    FROM score WHERE observed_at <= $as_of::TIMESTAMPTZ
    UNION ALL
    SELECT source_id, 'input price', observed_at, input_usd_per_mtok, gone,
           lag(input_usd_per_mtok) OVER (PARTITION BY source_id, model_name, provider, tier, valid_on ORDER BY observed_at)
    FROM price WHERE observed_at <= $as_of::TIMESTAMPTZ
    UNION ALL
    SELECT source_id, 'output price', observed_at, output_usd_per_mtok, gone,
           lag(output_usd_per_mtok) OVER (PARTITION BY source_id, model_name, provider, tier, valid_on ORDER BY observed_at)
    FROM price WHERE observed_at <= $as_of::TIMESTAMPTZ
    UNION ALL
    SELECT source_id, 'tokens', observed_at, tokens, gone,
           lag(tokens) OVER (PARTITION BY source_id, model_name, valid_on ORDER BY observed_at)
    FROM usage WHERE observed_at <= $as_of::TIMESTAMPTZ
    UNION ALL
    SELECT source_id, 'value', observed_at, value, gone,
           lag(value) OVER (PARTITION BY source_id, series_id, valid_on ORDER BY observed_at)
    FROM series_point WHERE observed_at <= $as_of::TIMESTAMPTZ
),
anew AS (
    SELECT source_id, figure, observed_at, value, old, value / nullif(old, 0) AS factor
    FROM stated WHERE old IS NOT NULL AND NOT gone
    QUALIFY observed_at::DATE = max(observed_at::DATE) OVER (PARTITION BY source_id)
),
middle AS (
    SELECT source_id, figure, max(observed_at) AS since, count(*) AS before, count(value) AS after, median(factor) AS factor
    FROM anew GROUP BY ALL
),
figures AS (
    SELECT m.source_id, m.figure, m.since, m.before, m.after, m.factor,
           (SELECT avg((a.factor BETWEEN m.factor / 1.2 AND m.factor * 1.2)::INT) FROM anew a
            WHERE a.source_id = m.source_id AND a.figure = m.figure AND a.factor IS NOT NULL) AS agreeing
    FROM middle m
)
SELECT * FROM (
    SELECT source_id, NULL AS figure, url, as_of AS since, before, rows_read AS after,
           NULL::DOUBLE AS factor, NULL::DOUBLE AS agreeing
    FROM newest_read WHERE before >= 10 AND rows_read > 0 AND rows_read <= 0.8 * before
    UNION ALL
    SELECT source_id, figure, NULL, since, before, after, factor, agreeing FROM figures
    WHERE before >= 5 AND (after <= 0.5 * before OR ((factor >= 3 OR factor <= 1 / 3.0) AND agreeing >= 0.8))
)
WHERE since >= $as_of::TIMESTAMPTZ - INTERVAL 30 DAY
ORDER BY since DESC, source_id
