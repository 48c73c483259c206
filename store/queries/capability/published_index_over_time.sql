-- The index that Epoch publishes, as known at $as_of and from whichever of its two lists was updated last: one row for
-- each fitted value. Epoch fits one value per model and repeats it at each of the model's names, so names of one maker
-- with one value are one model, dated by the earliest. Versions with values of their own stay apart: dated by the first
-- version, the value of a later one would be seen before its day. Moving names, and models whose release day no source
-- states, are left out.
WITH listed AS (
    SELECT *, max(observed_at) OVER (PARTITION BY source_id) AS updated_at
    FROM score_at($as_of::TIMESTAMPTZ)
    WHERE benchmark_id = 'epoch-eci' AND source_id IN ('epoch-benchmarks', 'epoch-benchmarked-models')
),
version AS (
    SELECT l.*, m.title, m.organization AS maker, m.released_on, m.released_precision, m.open_weights
    FROM listed l JOIN model m USING (model_id)
    WHERE l.source_id = (SELECT arg_max(source_id, (updated_at, source_id)) FROM listed)
      AND m.released_on IS NOT NULL AND m.released_basis NOT LIKE '%first seen' AND m.kind IN ('dated', 'undated')
    QUALIFY row_number() OVER (
        PARTITION BY l.model_id ORDER BY l.score DESC, l.observed_at DESC, l.model_name, l.setting) = 1
)
SELECT v.model_id,
       coalesce(v.title, v.model_id) AS title,
       v.maker AS organization, v.released_on, v.released_precision, v.open_weights,
       v.score AS value, (v.high - v.low) / 3.29 AS stderr, v.low, v.high, v.unit, '' AS setting, v.reported_by,
       v.source_id, v.model_name, v.observed_at, v.url, p.payload_url, v.payload_sha256
FROM version v LEFT JOIN provenance p ON p.payload_sha256 = v.payload_sha256
QUALIFY row_number() OVER (
    PARTITION BY coalesce(v.maker, v.model_id), round(v.score, 2) ORDER BY v.released_on, v.model_id) = 1
ORDER BY v.released_on, v.model_id
