-- The days on which the sources of a kind of news were read, one row each, the newest first. `tells`: one of them had been
-- read in the 31 days before, so that this reading says what is new; any other says what is, and since when nobody knows.
WITH source_of_kind AS (
    SELECT DISTINCT 'leader' AS kind, source_id FROM score
    WHERE unit = 'points' AND is_fitted_anew(benchmark_id)
    UNION ALL
    SELECT DISTINCT unnest(['price', 'low']), source_id FROM price_step WHERE tier = 'standard' AND seller = 'maker'
    UNION ALL
    SELECT DISTINCT 'model', source_id FROM release_evidence
    UNION ALL
    SELECT DISTINCT 'shutdown', source_id FROM release WHERE kind = 'shutdown'
),
reading AS (
    SELECT source_id, as_of::DATE AS read_on FROM payload WHERE as_of <= $as_of::TIMESTAMPTZ
    UNION SELECT source_id, last_seen_at::DATE FROM sighting WHERE last_seen_at <= $as_of::TIMESTAMPTZ
),
spaced AS (
    SELECT *, read_on - lag(read_on) OVER (PARTITION BY source_id ORDER BY read_on) AS days_since
    FROM reading WHERE read_on <= $on::DATE
)
SELECT kind, read_on, count(*) AS sources, coalesce(bool_or(days_since <= 31), false) AS tells
FROM spaced JOIN source_of_kind USING (source_id)
GROUP BY kind, read_on ORDER BY kind, read_on DESC
