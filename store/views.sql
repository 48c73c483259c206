-- What was known at an instant: per source and key the latest statement not after it, tombstones left out.

CREATE OR REPLACE MACRO score_at(instant) AS TABLE
SELECT s.*, a.model_id, a.version, a.kind AS name_kind,
       nullif(concat_ws(' ', nullif(s.setting, ''), nullif(a.setting, '')), '') AS full_setting
FROM (
    SELECT * FROM score WHERE observed_at <= instant
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

-- One description per benchmark: the one that states most, the newest among equals.
CREATE OR REPLACE MACRO benchmark_at(instant) AS TABLE
SELECT * FROM (
    SELECT * FROM benchmark WHERE observed_at <= instant
    QUALIFY row_number() OVER (PARTITION BY source_id, benchmark_id ORDER BY observed_at DESC) = 1
) WHERE NOT gone
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
