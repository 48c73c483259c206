-- The best new score that each reading brought to each benchmark (and of time horizons every new one), with the best that
-- was known before it: what nobody but a vendor says is left out, a score counts as it stands now from the day on which
-- it was first shown, one that was taken back never. `is_first`: the source showed the benchmark for the first time.
WITH said AS (
    SELECT s.*, a.model_id,
           min(s.observed_at) OVER story AS first_at,
           arg_min(s.payload_sha256, s.observed_at) OVER story AS first_payload_sha256,
           s.observed_at = max(s.observed_at) OVER story AS is_newest
    FROM score s JOIN model_alias a USING (source_id, model_name)
    WINDOW story AS (PARTITION BY s.source_id, s.model_name, s.benchmark_id, s.setting, s.valid_on)
),
counted AS (
    SELECT s.*, coalesce(m.title, s.model_id) AS title, m.organization AS maker, m.released_on,
           first_at = min(first_at) OVER (PARTITION BY s.source_id, s.benchmark_id) AS is_first,
           row_number() OVER (PARTITION BY s.benchmark_id, s.model_id ORDER BY first_at, score DESC, s.source_id, s.model_name, s.setting) AS place_of_model
    FROM said s JOIN model m USING (model_id)
    WHERE is_newest AND NOT s.gone AND s.unit IN ('fraction', 'minutes') AND s.reported_by IS DISTINCT FROM 'vendor'
      AND m.kind IN ('dated', 'undated') AND m.organization IS NOT NULL
),
ranked AS (
    SELECT *, arg_max({'score': score, 'stderr': stderr, 'title': title, 'model_id': model_id},
                      (score, stderr IS NOT NULL, -epoch_us(first_at), model_id, source_id, model_name, setting)) OVER earlier AS best,
           row_number() OVER (PARTITION BY benchmark_id, first_at ORDER BY score DESC, stderr IS NULL, source_id, model_name, setting) AS place
    FROM counted
    WINDOW earlier AS (PARTITION BY benchmark_id ORDER BY first_at GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT k.benchmark_id, benchmark_title(b.title, k.benchmark_id) AS benchmark, k.unit, k.model_id, k.title,
       k.maker AS organization, k.released_on, k.score, k.stderr, k.low, k.high, k.best.score AS best_before, k.best.title AS best_before_title,
       k.best.model_id AS best_before_model_id, k.best.stderr AS best_before_stderr,
       k.place = 1 AND k.score > k.best.score AS is_record,
       k.is_first, k.first_at AS known_at, r.read_before, k.source_id, k.first_payload_sha256 AS payload_sha256,
       coalesce(k.url, b.url, s.homepage) AS url, s.title AS source_title
FROM ranked k
JOIN payload_read r ON r.source_id = k.source_id AND r.payload_sha256 = k.first_payload_sha256 AND r.as_of = k.first_at
LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
LEFT JOIN source s ON s.source_id = k.source_id
WHERE coalesce(b.higher_is_better, true) AND NOT k.is_first AND r.read_before IS NOT NULL
  AND (k.place = 1 AND k.score > k.best.score OR k.unit = 'minutes' AND k.place_of_model = 1)
ORDER BY k.first_at, k.benchmark_id, k.model_id
