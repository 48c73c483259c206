-- The verdict of each month end beside what the following year brought.
CREATE TABLE track_record (
    series_id VARCHAR, as_of DATE, reading VARCHAR, verdict VARCHAR,
    recent DOUBLE, recent_low DOUBLE, recent_high DOUBLE, earlier DOUBLE, earlier_low DOUBLE, earlier_high DOUBLE,
    n_recent INTEGER, n_earlier INTEGER, next_slope DOUBLE, next_low DOUBLE, next_high DOUBLE, n_next INTEGER,
    outcome VARCHAR, interval_held BOOLEAN, method VARCHAR
);

-- The claims of the article of December 2024, judged then and now, and the payloads that each side rests on.
CREATE TABLE claim (
    claim_id VARCHAR PRIMARY KEY, place INTEGER, statement VARCHAR, measure VARCHAR, unit VARCHAR, page VARCHAR,
    tense VARCHAR, verdict VARCHAR, why VARCHAR, as_of DATE,
    then_verdict VARCHAR, then_why VARCHAR, then_text VARCHAR, then_value DOUBLE, then_low DOUBLE, then_high DOUBLE,
    then_level DOUBLE, then_n INTEGER, then_observed_on DATE, then_reading VARCHAR,
    now_verdict VARCHAR, now_why VARCHAR, now_text VARCHAR, now_value DOUBLE, now_low DOUBLE, now_high DOUBLE,
    now_level DOUBLE, now_n INTEGER, now_observed_on DATE, now_reading VARCHAR
);

CREATE TABLE claim_evidence (
    claim_id VARCHAR NOT NULL, side VARCHAR NOT NULL, source_id VARCHAR, payload_sha256 VARCHAR, url VARCHAR
);
