-- Who stood first on each of the boards whose points are fitted anew at every update: one row for each board of each
-- source, by the day for which the board was fitted, else by the reading. `tied`: how many others its interval leaves level.
WITH said AS (
    SELECT s.*, a.model_id
    FROM score s JOIN model_alias a USING (source_id, model_name) JOIN model m USING (model_id)
    WHERE is_fitted_anew(s.benchmark_id)
      AND m.kind IN ('dated', 'undated')
),
fitted AS (
    SELECT benchmark_id, source_id, valid_on AS board_on, min(observed_at) AS board_at FROM said WHERE unit = 'points'
    AND valid_on IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT DISTINCT benchmark_id, source_id, NULL, observed_at FROM said WHERE unit = 'points' AND valid_on IS NULL
),
standing AS (
    SELECT f.board_on, f.board_at, s.*
    FROM fitted f JOIN said s
      ON s.benchmark_id = f.benchmark_id AND s.source_id = f.source_id AND s.valid_on IS NOT DISTINCT FROM f.board_on
     AND s.observed_at <= f.board_at
    QUALIFY row_number() OVER (
        PARTITION BY f.benchmark_id, f.source_id, f.board_on, f.board_at, s.model_name, s.setting
        ORDER BY s.observed_at DESC) = 1
),
ranked AS (
    SELECT *, row_number() OVER board AS place,
           first_value(low) OVER board AS low_of_first
    FROM standing WHERE NOT gone
    WINDOW board AS (PARTITION BY benchmark_id, source_id, board_on, board_at ORDER BY score DESC, model_id, model_name, setting)
),
first AS (
    SELECT benchmark_id, source_id, board_on, board_at, count(DISTINCT model_id) AS models,
           greatest(count(DISTINCT model_id) FILTER (high >= low_of_first) - 1, 0) AS tied,
           any_value(COLUMNS(['model_id', 'score', 'low', 'high', 'url', 'payload_sha256'])) FILTER (place = 1)
    FROM ranked GROUP BY ALL
)
SELECT f.benchmark_id, benchmark_title(b.title, f.benchmark_id) AS benchmark, f.model_id, coalesce(m.title, f.model_id) AS title,
       m.organization,
       f.score, f.low, f.high, f.models, f.tied, f.board_on, f.board_at AS known_at, r.read_before, f.source_id,
       f.payload_sha256, coalesce(f.url, b.url, s.homepage) AS url, s.title AS source_title
FROM first f
JOIN model m USING (model_id)
LEFT JOIN (SELECT source_id, as_of, min(read_before) AS read_before FROM payload_read GROUP BY ALL) r
  ON r.source_id = f.source_id AND r.as_of = f.board_at
LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
LEFT JOIN source s ON s.source_id = f.source_id
ORDER BY f.benchmark_id, f.board_at, f.board_on, f.source_id
