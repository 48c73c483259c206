-- The dated boards with ratings, newest first: one row per benchmark and day on which a whole board (at least 50 models)
-- was measured, with the source that shows it. Ratings of different days are never comparable, so a day is chosen.
WITH dated AS (
    SELECT benchmark_id, source_id, valid_on AS board_on, count(DISTINCT model_name) AS models
    FROM score
    WHERE unit = 'points' AND valid_on IS NOT NULL AND NOT gone AND benchmark_id LIKE 'arena-%'
      AND observed_at <= $as_of::TIMESTAMPTZ AND valid_on <= $on::DATE
    GROUP BY ALL
),
named AS (
    SELECT d.*, benchmark_title(b.title, d.benchmark_id) AS title
    FROM dated d LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
    WHERE models >= 50
    QUALIFY row_number() OVER (PARTITION BY d.benchmark_id, d.board_on ORDER BY d.models DESC, d.source_id) = 1
)
SELECT * FROM named ORDER BY board_on DESC, models DESC, benchmark_id
