-- What a team agrees on, beside DuckLake's own catalogue: the ledger, the index of the archive, what is published.
-- Instants are text in ISO 8601, UTC, with microseconds, as in the ledger of one machine: their order is that of time.

CREATE TABLE IF NOT EXISTS run (
    run_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source_id TEXT NOT NULL, started_at TEXT NOT NULL,
    finished_at TEXT, status TEXT NOT NULL, trigger TEXT NOT NULL, process BIGINT NOT NULL,
    payloads_new BIGINT DEFAULT 0, rows_added BIGINT DEFAULT 0, rows_revised BIGINT DEFAULT 0,
    rows_gone BIGINT DEFAULT 0, rows_refused BIGINT DEFAULT 0, retries BIGINT DEFAULT 0, error TEXT,
    machine TEXT NOT NULL DEFAULT current_setting('hypecurve.machine', true)
);
CREATE INDEX IF NOT EXISTS run_by_source ON run (source_id, run_id);
CREATE INDEX IF NOT EXISTS run_by_start ON run (started_at);

CREATE TABLE IF NOT EXISTS request (
    request_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source_id TEXT NOT NULL, action TEXT NOT NULL,
    asked_at TEXT NOT NULL, taken_at TEXT
);

-- lease_by, lease_until: the machine that refreshes the source now, and until when the others leave it alone.
CREATE TABLE IF NOT EXISTS plan (
    source_id TEXT PRIMARY KEY, paused INTEGER NOT NULL DEFAULT 0, cadence TEXT, next_run_at TEXT,
    lease_by TEXT, lease_until TEXT
);

CREATE TABLE IF NOT EXISTS put_aside (
    key TEXT PRIMARY KEY, source_id TEXT NOT NULL, reason TEXT NOT NULL, put_aside_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS address (
    source_id TEXT NOT NULL, url TEXT NOT NULL, served_at TEXT NOT NULL, PRIMARY KEY (source_id, url)
);

CREATE TABLE IF NOT EXISTS beat (
    machine TEXT NOT NULL, home TEXT NOT NULL, process BIGINT NOT NULL, started_at TEXT NOT NULL, beat_at TEXT NOT NULL,
    running TEXT NOT NULL, run_since TEXT, waiting INTEGER NOT NULL, megabytes DOUBLE PRECISION NOT NULL,
    offline_since TEXT, PRIMARY KEY (machine, home)
);
CREATE TABLE IF NOT EXISTS ending (
    process BIGINT NOT NULL, ended_at TEXT NOT NULL, code INTEGER NOT NULL, said TEXT NOT NULL,
    rowid BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY
);

CREATE TABLE IF NOT EXISTS notice (
    rule TEXT NOT NULL, event_id TEXT NOT NULL, noted_at TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
    sent_at TEXT, PRIMARY KEY (rule, event_id)
);

-- The index of the archive: one row a payload; the body lies on object storage under its hash.
CREATE TABLE IF NOT EXISTS payload_index (
    source_id TEXT NOT NULL, url TEXT NOT NULL, as_of TEXT NOT NULL, sha256 TEXT NOT NULL, entry TEXT NOT NULL,
    arrival BIGINT GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (source_id, url, as_of, sha256)
);
CREATE INDEX IF NOT EXISTS payload_by_arrival ON payload_index (source_id, arrival);
CREATE TABLE IF NOT EXISTS sighting (
    source_id TEXT NOT NULL, url TEXT NOT NULL, as_of TEXT NOT NULL, sha256 TEXT NOT NULL,
    first_at TEXT NOT NULL, last_at TEXT NOT NULL, PRIMARY KEY (source_id, url, as_of, sha256)
);

-- Which states of the lake readers may see; the one of the highest number is current.
CREATE TABLE IF NOT EXISTS published (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, lake_version BIGINT NOT NULL, stages TEXT NOT NULL,
    published_at TIMESTAMPTZ NOT NULL DEFAULT now(), machine TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS agreed (name TEXT PRIMARY KEY, value TEXT NOT NULL);

-- What a store of an older version lacks.
ALTER TABLE run ADD COLUMN IF NOT EXISTS rows_revised BIGINT DEFAULT 0;
DO $$ BEGIN
    IF EXISTS (
        SELECT 1 FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name = 'request' AND column_name = 'wish'
    ) THEN
        ALTER TABLE request RENAME COLUMN wish TO action;
    END IF;
END $$;

-- As SQLite has it, so that one text asks both ledgers.
CREATE OR REPLACE FUNCTION julianday(instant TEXT) RETURNS DOUBLE PRECISION LANGUAGE SQL IMMUTABLE AS $$
    SELECT extract(epoch FROM instant::timestamptz)::double precision / 86400.0
$$;
