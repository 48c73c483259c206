-- What happened, computed from the data: one row for each thing that changed, made anew with the other results.
-- news_id: of the kind and of what happened, never of when or by whom it was noted: it survives rebuilds, corrected
-- days and further witnesses. kind: model, price, host-price, low, leader, record, horizon, shutdown, post, change-log,
-- software, verdict. happened_after (null where the day itself is stated) and happened_on: after the one, not later than
-- the other. known_at: when the evidence was first shown. is_late: the evidence came with the first payload of its source,
-- or more than 31 days after the day; it is dated and belongs to its day, and nobody is told of it as if it were new.
-- headline: one sentence; changes: what it changes, in words. subject: the benchmark, level, series or seller that it is
-- of. before, after: the figures in `unit`. evidence: how it is known, in words; url: the page that says so.
CREATE TABLE news (
    news_id VARCHAR PRIMARY KEY, kind VARCHAR NOT NULL, happened_after DATE, happened_on DATE NOT NULL,
    known_at TIMESTAMPTZ NOT NULL, is_late BOOLEAN NOT NULL, headline VARCHAR NOT NULL, changes VARCHAR,
    organization VARCHAR, model_id VARCHAR, subject VARCHAR, before DOUBLE, after DOUBLE, unit VARCHAR,
    evidence VARCHAR NOT NULL, source_id VARCHAR, url VARCHAR, payload_sha256 VARCHAR
);
