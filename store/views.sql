-- What was known at an instant: per source and key the latest statement not after it, tombstones left out.

-- Scores with the day by which each was there: that of its payload, or of a list that is not of its date (list_date)
-- the release day of the newest model that it shows.
CREATE OR REPLACE VIEW score_seen AS
SELECT s.* REPLACE (greatest(s.observed_at, l.there_by::TIMESTAMPTZ) AS observed_at)
FROM score s LEFT JOIN list_date l USING (payload_sha256);

CREATE OR REPLACE MACRO score_at(instant) AS TABLE
SELECT s.*, a.model_id, a.version, a.kind AS name_kind,
       nullif(concat_ws(' ', nullif(s.setting, ''), nullif(a.setting, '')), '') AS full_setting
FROM (
    SELECT * FROM score_seen WHERE observed_at <= instant
    QUALIFY row_number() OVER (
        PARTITION BY source_id, model_name, benchmark_id, setting, valid_on ORDER BY observed_at DESC) = 1
) s
LEFT JOIN model_alias a USING (source_id, model_name)
WHERE NOT s.gone;

CREATE OR REPLACE MACRO price_at(instant) AS TABLE
SELECT p.*, a.model_id, a.version, a.kind AS name_kind
FROM (
    SELECT * FROM price WHERE observed_at <= instant
    QUALIFY row_number() OVER (
        PARTITION BY source_id, model_name, provider, tier, valid_on ORDER BY observed_at DESC) = 1
) p
LEFT JOIN model_alias a USING (source_id, model_name)
WHERE NOT p.gone;

CREATE OR REPLACE MACRO speed_at(instant) AS TABLE
SELECT s.*, a.model_id
FROM (
    SELECT * FROM speed WHERE observed_at <= instant
    QUALIFY row_number() OVER (
        PARTITION BY source_id, model_name, provider, setting, valid_on ORDER BY observed_at DESC) = 1
) s
LEFT JOIN model_alias a USING (source_id, model_name)
WHERE NOT s.gone;

CREATE OR REPLACE MACRO release_at(instant) AS TABLE
SELECT * FROM (
    SELECT * FROM release WHERE observed_at <= instant
    QUALIFY row_number() OVER (PARTITION BY source_id, entry_id ORDER BY observed_at DESC) = 1
) WHERE NOT gone;

CREATE OR REPLACE MACRO model_fact_at(instant) AS TABLE
SELECT f.*, a.model_id
FROM (
    SELECT * FROM model_fact WHERE observed_at <= instant
    QUALIFY row_number() OVER (PARTITION BY source_id, model_name ORDER BY observed_at DESC) = 1
) f
LEFT JOIN model_alias a USING (source_id, model_name)
WHERE NOT f.gone;

-- A benchmark's name in words: a name that is that of a file ("FrontierMath-Tier-4-v2-Private") without its hyphens, but
-- for those between figures, and where no source gives one its id, which begins with a capital.
CREATE OR REPLACE MACRO benchmark_title(title, benchmark_id) AS
CASE
    WHEN title IS NULL
    THEN upper(benchmark_id[1]) || regexp_replace(regexp_replace(benchmark_id[2:], '([^0-9])-', '\1 ', 'g'), '-([^0-9])', ' \1', 'g')
    WHEN regexp_full_match(title, '[^ ]+-[^ ]+-[^ ]+-[^ ]+')
    THEN regexp_replace(regexp_replace(title, '([^0-9])-', '\1 ', 'g'), '-([^0-9])', ' \1', 'g')
    ELSE title
END;

-- Whether a board fits the points of all models anew at every update, so that a change of points is no news by itself.
CREATE OR REPLACE MACRO is_fitted_anew(benchmark_id) AS
    benchmark_id IN ('epoch-eci', 'arena-text', 'arena-text-style-control', 'arena-webdev');

-- One description per benchmark: the one that states most, the newest among equals; one that leaves out the name has the
-- newest name that was given. A description stands when its source lists the benchmark no more, as its scores do;
-- `left_on` is the day since which no source that described it lists it.
CREATE OR REPLACE MACRO benchmark_at(instant) AS TABLE
WITH told AS (
    SELECT *, max_by(gone, observed_at) OVER (PARTITION BY source_id, benchmark_id) AS has_left,
        max(observed_at) OVER (PARTITION BY source_id, benchmark_id)::DATE AS last_told_on
    FROM benchmark WHERE observed_at <= instant
),
described AS (
    SELECT * EXCLUDE (has_left, last_told_on) REPLACE (
        coalesce(title, arg_max(title, observed_at) FILTER (title IS NOT NULL) OVER (PARTITION BY benchmark_id)) AS title),
        CASE WHEN bool_and(has_left) OVER (PARTITION BY benchmark_id)
             THEN max(last_told_on) OVER (PARTITION BY benchmark_id) END AS left_on
    FROM told WHERE NOT gone
    QUALIFY row_number() OVER (PARTITION BY source_id, benchmark_id ORDER BY observed_at DESC) = 1
)
SELECT * FROM described
QUALIFY row_number() OVER (
    PARTITION BY benchmark_id
    ORDER BY (random_baseline IS NOT NULL)::INT + (ceiling IS NOT NULL)::INT + (valid_on IS NOT NULL)::INT DESC,
             observed_at DESC, source_id) = 1;

CREATE OR REPLACE MACRO series_at(instant) AS TABLE
SELECT * FROM (
    SELECT * FROM series WHERE observed_at <= instant
    QUALIFY row_number() OVER (PARTITION BY source_id, series_id ORDER BY observed_at DESC) = 1
) WHERE NOT gone;

CREATE OR REPLACE MACRO series_point_at(instant) AS TABLE
SELECT * FROM (
    SELECT * FROM series_point WHERE observed_at <= instant
    QUALIFY row_number() OVER (PARTITION BY source_id, series_id, valid_on ORDER BY observed_at DESC) = 1
) WHERE NOT gone;

CREATE OR REPLACE MACRO event_at(instant) AS TABLE
SELECT * FROM (
    SELECT * FROM event WHERE observed_at <= instant
    QUALIFY row_number() OVER (PARTITION BY source_id, event_id ORDER BY observed_at DESC) = 1
) WHERE NOT gone;

CREATE OR REPLACE MACRO usage_at(instant) AS TABLE
SELECT u.*, a.model_id
FROM (
    SELECT * FROM usage WHERE observed_at <= instant
    QUALIFY row_number() OVER (PARTITION BY source_id, model_name, valid_on ORDER BY observed_at DESC) = 1
) u
LEFT JOIN model_alias a USING (source_id, model_name)
WHERE NOT u.gone;

-- Where a payload came from: one row per payload hash (the first time it was served).
CREATE OR REPLACE VIEW provenance AS
SELECT p.sha256 AS payload_sha256, arg_min(p.url, p.as_of) AS payload_url, min(p.as_of) AS payload_as_of,
       arg_min(p.source_id, p.as_of) AS payload_source_id
FROM payload p GROUP BY p.sha256;

-- Each payload with the last reading of its source before it: of the same address, else of another one on an earlier day.
-- A 304 and equal bytes are readings too. `read_before` is null for the first payload of all: what is seen there for the
-- first time was there by that day, and nobody knows since when.
CREATE OR REPLACE VIEW payload_read AS
WITH reading AS (
    SELECT source_id, url, as_of AS read_at FROM payload
    UNION SELECT source_id, url, last_seen_at FROM sighting
)
SELECT p.source_id, p.url, p.as_of, p.sha256 AS payload_sha256,
       coalesce(max(r.read_at) FILTER (r.url = p.url),
                max(r.read_at) FILTER (r.read_at::DATE < p.as_of::DATE)) AS read_before
FROM (SELECT DISTINCT source_id, url, as_of, sha256 FROM payload) p
LEFT JOIN reading r ON r.source_id = p.source_id AND r.read_at < p.as_of
GROUP BY ALL;

-- The headline score of each model on each benchmark, the one rule of all pages: an independent measurement before a
-- vendor's own, then one whose cost was measured where `cost` asks for it ('run' or 'task'), the original before lists
-- that repeat it, then the best over settings and agents, of equals one whose error is known. Points (ratings, indices) are fitted anew at each
-- update: only the newest board of the source that was updated last counts, so that ratings of two days never stand in
-- one line; a model's error is the one that was published last, whichever source said it: `stderr_known`. `stated_reach`:
-- how many standard errors `low` and `high` are away. `statements` counts what was chosen from. `of_source` asks one source only.
CREATE OR REPLACE MACRO headline_score_at(instant, cost, of_source := NULL) AS TABLE
WITH said AS (
    SELECT s.*, benchmark_title(b.title, s.benchmark_id) AS benchmark, coalesce(b.higher_is_better, true) AS higher_is_better,
        -- Epoch states 90 % intervals, the boards with ratings 95 %.
        CASE s.benchmark_id WHEN 'epoch-eci' THEN 1.645 ELSE 1.96 END AS stated_reach,
        coalesce(s.stderr, (s.high - s.low) / 2 / stated_reach) AS error,
        max(s.observed_at) OVER (PARTITION BY s.benchmark_id, s.source_id) AS updated_at,
        max(s.valid_on) OVER (PARTITION BY s.benchmark_id, s.source_id) AS last_fitted_on,
        count(*) OVER (PARTITION BY s.benchmark_id, s.model_id) AS statements
    FROM score_at(instant) s
    LEFT JOIN benchmark_at(instant) b USING (benchmark_id)
    WHERE s.model_id IS NOT NULL AND (of_source IS NULL OR s.source_id = of_source)
),
weighed AS (
    SELECT *,
        arg_max(source_id, (updated_at, source_id)) OVER (PARTITION BY benchmark_id) AS last_updated_source,
        CASE unit WHEN 'points' THEN arg_max(error, observed_at) FILTER (error IS NOT NULL)
            OVER (PARTITION BY benchmark_id, model_id) END AS error_published
    FROM said
)
SELECT *, coalesce(error, error_published) AS stderr_known
FROM weighed
WHERE unit <> 'points' OR source_id = last_updated_source AND valid_on IS NOT DISTINCT FROM last_fitted_on
QUALIFY row_number() OVER (
    PARTITION BY benchmark_id, model_id
    ORDER BY reported_by = 'vendor',
             CASE cost WHEN 'run' THEN cost_usd IS NULL WHEN 'task' THEN cost_usd_per_task IS NULL ELSE false END,
             source_id IN ('epoch-eci-benchmarks', 'epoch-benchmarked-models'),
             CASE WHEN higher_is_better THEN -score ELSE score END,
             stderr IS NULL AND low IS NULL AND trials IS NULL,
             observed_at DESC, source_id, model_name, setting
) = 1;

-- Input and output price in one, three tokens read for each token written: the same rule as analysis/price/blend.py.
CREATE OR REPLACE MACRO blended_price(input_price, output_price) AS (3 * input_price + output_price) / 4;
-- The last day on which each list was read with what its newest payload says: a 304 and equal bytes are readings too. Of
-- a source with several addresses the one that was left longest. A question joins sightings that came after publishing.
CREATE OR REPLACE VIEW list_last_seen AS
SELECT source_id, min(last_seen_on) AS last_seen_on
FROM (
    SELECT source_id, url, max(s.last_seen_at)::DATE AS last_seen_on
    FROM sighting s JOIN (SELECT source_id, url, max(as_of) AS as_of FROM payload GROUP BY source_id, url) p
        USING (source_id, url, as_of)
    GROUP BY source_id, url
)
GROUP BY source_id;

-- The steps of prices that were known at an instant and had begun by a day, standard tier and all others, each with the
-- day on which it ended by then (`until`, null while it is the newest) and the last day of which anybody says so
-- (`confirmed_on`). In force is the newest step where it was confirmed within 60 days of the day.
CREATE OR REPLACE MACRO price_step_at(instant, on_day) AS TABLE
SELECT *, is_newest AND listed AND coalesce(confirmed_on + 60 >= on_day, true) AS in_force,
       coalesce(is_own, seller = 'maker') AS is_makers
FROM (
    SELECT s.*,
           lead(starts_on) OVER story AS until,
           lead(starts_on) OVER story IS NULL AS is_newest,
           least(greatest(last_confirmed_on,
                          (SELECT max(l.last_seen_on) FROM list_last_seen l
                           WHERE list_contains(s.still_said_by, l.source_id))),
                 greatest(instant::TIMESTAMPTZ::DATE, starts_on)) AS confirmed_on
    FROM price_step s
    WHERE observed_at <= instant::TIMESTAMPTZ AND starts_on <= on_day::DATE
    WINDOW story AS (PARTITION BY model_id, provider, tier ORDER BY starts_on, listed DESC, observed_at)
);

-- The same, and where a price was confirmed for the last time more than 60 days before its end, or before the day, a row
-- that it was known no longer from the day after these 60 (basis `not confirmed`, no price).
CREATE OR REPLACE MACRO price_story_at(instant, on_day) AS TABLE
SELECT * FROM price_step_at(instant, on_day)
UNION ALL BY NAME
SELECT * REPLACE (confirmed_on + 61 AS starts_on, false AS listed, 'not confirmed' AS basis, NULL AS starts_after)
FROM price_step_at(instant, on_day)
WHERE listed AND confirmed_on + 60 < coalesce(until, on_day::DATE);
