CREATE TABLE IF NOT EXISTS beat (
    machine TEXT NOT NULL, home TEXT NOT NULL, process INTEGER NOT NULL, started_at TEXT NOT NULL, beat_at TEXT NOT NULL,
    running TEXT NOT NULL, run_since TEXT, waiting INTEGER NOT NULL, megabytes REAL NOT NULL, offline_since TEXT,
    PRIMARY KEY (machine, home)
);
DROP TABLE IF EXISTS scheduler
