CREATE TABLE IF NOT EXISTS run (
    run_id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT,
    status TEXT NOT NULL, trigger TEXT NOT NULL, process INTEGER NOT NULL, payloads_new INTEGER DEFAULT 0,
    rows_added INTEGER DEFAULT 0, rows_gone INTEGER DEFAULT 0, rows_refused INTEGER DEFAULT 0,
    retries INTEGER DEFAULT 0, error TEXT
);
CREATE INDEX IF NOT EXISTS run_by_source ON run (source_id, run_id);
CREATE TABLE IF NOT EXISTS request (
    request_id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL, wish TEXT NOT NULL, asked_at TEXT NOT NULL,
    taken_at TEXT
);
CREATE TABLE IF NOT EXISTS plan (
    source_id TEXT PRIMARY KEY, paused INTEGER NOT NULL DEFAULT 0, cadence TEXT, next_run_at TEXT
);
CREATE TABLE IF NOT EXISTS put_aside (
    key TEXT PRIMARY KEY, source_id TEXT NOT NULL, reason TEXT NOT NULL, put_aside_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS address (
    source_id TEXT NOT NULL, url TEXT NOT NULL, served_at TEXT NOT NULL, PRIMARY KEY (source_id, url)
);
CREATE INDEX IF NOT EXISTS run_by_start ON run (started_at);
CREATE TABLE IF NOT EXISTS scheduler (
    only INTEGER PRIMARY KEY CHECK (only = 1), process INTEGER NOT NULL, started_at TEXT NOT NULL, beat_at TEXT NOT NULL,
    running TEXT NOT NULL, run_since TEXT, waiting INTEGER NOT NULL, megabytes REAL NOT NULL, offline_since TEXT
);
CREATE TABLE IF NOT EXISTS ending (
    process INTEGER NOT NULL, ended_at TEXT NOT NULL, code INTEGER NOT NULL, said TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS notice (
    rule TEXT NOT NULL, event_id TEXT NOT NULL, noted_at TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
    sent_at TEXT, PRIMARY KEY (rule, event_id)
);
