-- Every observation table ends with the same four columns: source_id, payload_sha256 (where it came from),
-- observed_at (when hypecurve, or the dated public copy it reads, first showed it), gone (a tombstone:
-- the source no longer lists this key).

CREATE TABLE source (
    source_id VARCHAR PRIMARY KEY, title VARCHAR, homepage VARCHAR, licence VARCHAR, attribution VARCHAR,
    urls VARCHAR[], cadence VARCHAR, kinds VARCHAR[], core BOOLEAN, complete BOOLEAN, shippable BOOLEAN,
    key_env VARCHAR
);

CREATE TABLE payload (
    source_id VARCHAR NOT NULL, url VARCHAR NOT NULL, as_of TIMESTAMPTZ NOT NULL, sha256 VARCHAR NOT NULL,
    bytes BIGINT, content_type VARCHAR, origin VARCHAR NOT NULL, rows_read BIGINT, rows_added BIGINT,
    rows_refused BIGINT, error VARCHAR
);

CREATE TABLE quarantine (
    source_id VARCHAR NOT NULL, payload_sha256 VARCHAR NOT NULL, observed_at TIMESTAMPTZ NOT NULL,
    kind VARCHAR, "row" VARCHAR, reason VARCHAR
);

CREATE TABLE score (
    valid_on DATE, valid_precision VARCHAR, model_name VARCHAR, organization VARCHAR, benchmark_id VARCHAR,
    setting VARCHAR, score DOUBLE, unit VARCHAR, stderr DOUBLE, low DOUBLE, high DOUBLE, trials BIGINT,
    cost_usd DOUBLE, cost_usd_per_task DOUBLE, seconds_per_task DOUBLE, output_tokens_per_task DOUBLE,
    input_tokens_per_task DOUBLE, reported_by VARCHAR, url VARCHAR,
    source_id VARCHAR NOT NULL, payload_sha256 VARCHAR NOT NULL, observed_at TIMESTAMPTZ NOT NULL, gone BOOLEAN NOT NULL
);

CREATE TABLE price (
    valid_on DATE, valid_precision VARCHAR, model_name VARCHAR, organization VARCHAR, provider VARCHAR,
    tier VARCHAR, input_usd_per_mtok DOUBLE, output_usd_per_mtok DOUBLE, cached_input_usd_per_mtok DOUBLE,
    cache_write_usd_per_mtok DOUBLE, seller VARCHAR, url VARCHAR,
    source_id VARCHAR NOT NULL, payload_sha256 VARCHAR NOT NULL, observed_at TIMESTAMPTZ NOT NULL, gone BOOLEAN NOT NULL
);

CREATE TABLE speed (
    valid_on DATE, valid_precision VARCHAR, model_name VARCHAR, organization VARCHAR, provider VARCHAR,
    setting VARCHAR, output_tokens_per_second DOUBLE, latency_seconds DOUBLE, url VARCHAR,
    source_id VARCHAR NOT NULL, payload_sha256 VARCHAR NOT NULL, observed_at TIMESTAMPTZ NOT NULL, gone BOOLEAN NOT NULL
);

CREATE TABLE release (
    valid_on DATE, valid_precision VARCHAR, entry_id VARCHAR, title VARCHAR, url VARCHAR, organization VARCHAR,
    kind VARCHAR, model_name VARCHAR, excerpt VARCHAR,
    source_id VARCHAR NOT NULL, payload_sha256 VARCHAR NOT NULL, observed_at TIMESTAMPTZ NOT NULL, gone BOOLEAN NOT NULL
);

CREATE TABLE model_fact (
    valid_on DATE, valid_precision VARCHAR, model_name VARCHAR, organization VARCHAR, display_name VARCHAR,
    open_weights BOOLEAN, reasoning BOOLEAN, training_compute_flop DOUBLE, training_cost_usd DOUBLE,
    parameters DOUBLE, training_tokens DOUBLE, context_tokens BIGINT, knowledge_cutoff VARCHAR, country VARCHAR,
    url VARCHAR,
    source_id VARCHAR NOT NULL, payload_sha256 VARCHAR NOT NULL, observed_at TIMESTAMPTZ NOT NULL, gone BOOLEAN NOT NULL
);

CREATE TABLE benchmark (
    valid_on DATE, valid_precision VARCHAR, benchmark_id VARCHAR, title VARCHAR, unit VARCHAR,
    random_baseline DOUBLE, ceiling DOUBLE, higher_is_better BOOLEAN, tasks BIGINT, superseded_by VARCHAR,
    url VARCHAR,
    source_id VARCHAR NOT NULL, payload_sha256 VARCHAR NOT NULL, observed_at TIMESTAMPTZ NOT NULL, gone BOOLEAN NOT NULL
);

CREATE TABLE series (
    series_id VARCHAR, title VARCHAR, topic VARCHAR, unit VARCHAR, region VARCHAR, definition VARCHAR, url VARCHAR,
    source_id VARCHAR NOT NULL, payload_sha256 VARCHAR NOT NULL, observed_at TIMESTAMPTZ NOT NULL, gone BOOLEAN NOT NULL
);

CREATE TABLE series_point (
    valid_on DATE, valid_precision VARCHAR, series_id VARCHAR, value DOUBLE, low DOUBLE, high DOUBLE, note VARCHAR,
    url VARCHAR,
    source_id VARCHAR NOT NULL, payload_sha256 VARCHAR NOT NULL, observed_at TIMESTAMPTZ NOT NULL, gone BOOLEAN NOT NULL
);

CREATE TABLE event (
    valid_on DATE, valid_precision VARCHAR, event_id VARCHAR, title VARCHAR, topic VARCHAR, organization VARCHAR,
    amount_usd DOUBLE, note VARCHAR, url VARCHAR,
    source_id VARCHAR NOT NULL, payload_sha256 VARCHAR NOT NULL, observed_at TIMESTAMPTZ NOT NULL, gone BOOLEAN NOT NULL
);

CREATE TABLE usage (
    valid_on DATE, valid_precision VARCHAR, model_name VARCHAR, organization VARCHAR, tokens DOUBLE, share DOUBLE,
    rank BIGINT, url VARCHAR,
    source_id VARCHAR NOT NULL, payload_sha256 VARCHAR NOT NULL, observed_at TIMESTAMPTZ NOT NULL, gone BOOLEAN NOT NULL
);
