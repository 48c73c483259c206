-- Who is who: made anew from the names that the observation tables hold, so a better rule mends the past too.

CREATE TABLE model_alias (
    source_id VARCHAR NOT NULL, model_name VARCHAR NOT NULL, model_id VARCHAR NOT NULL, version VARCHAR,
    setting VARCHAR, rule VARCHAR, kind VARCHAR
);

CREATE TABLE model (
    model_id VARCHAR PRIMARY KEY, title VARCHAR, organization VARCHAR, family VARCHAR, kind VARCHAR,
    released_on DATE, released_precision VARCHAR, released_basis VARCHAR, release_spread_days INTEGER,
    open_weights BOOLEAN, reasoning BOOLEAN, training_compute_flop DOUBLE
);

CREATE TABLE release_evidence (
    model_id VARCHAR NOT NULL, released_on DATE, precision VARCHAR, evidence VARCHAR, source_id VARCHAR,
    payload_sha256 VARCHAR
);

CREATE TABLE announcement (
    source_id VARCHAR NOT NULL, entry_id VARCHAR NOT NULL, model_id VARCHAR NOT NULL, rule VARCHAR NOT NULL
);

-- What was derived from which inputs: a refresh that changes nothing derives nothing.
CREATE TABLE derivation (name VARCHAR PRIMARY KEY, input_digest VARCHAR NOT NULL, seconds DOUBLE);

-- Runs of the ledger, copied at publishing, so that a snapshot says by itself how fresh it is.
CREATE TABLE run (
    run_id BIGINT, source_id VARCHAR, started_at TIMESTAMPTZ, finished_at TIMESTAMPTZ, status VARCHAR,
    trigger VARCHAR, payloads_new INTEGER, rows_added BIGINT, rows_refused BIGINT, retries INTEGER, error VARCHAR
);
