-- Results that are too slow for a page; made anew when their inputs change (table derivation).

CREATE TABLE capability_index (
    model_id VARCHAR PRIMARY KEY, capability DOUBLE, low DOUBLE, high DOUBLE, n_benchmarks INTEGER
);

CREATE TABLE capability_benchmark (
    benchmark_id VARCHAR PRIMARY KEY, difficulty DOUBLE, low DOUBLE, high DOUBLE, slope DOUBLE, n_models INTEGER
);

CREATE TABLE capability_left_out (kind VARCHAR, name VARCHAR, reason VARCHAR);

CREATE TABLE capability_fit (method VARCHAR, base_benchmark VARCHAR, residual DOUBLE, draws INTEGER, level DOUBLE);

-- Slopes are in `unit` a year; reading: `known` by the date, or `released` by the date and measured whenever.
CREATE TABLE verdict (
    series_id VARCHAR, reading VARCHAR, as_of DATE, verdict VARCHAR, clustered_verdict VARCHAR, unit VARCHAR,
    recent DOUBLE, recent_low DOUBLE, recent_high DOUBLE,
    earlier DOUBLE, earlier_low DOUBLE, earlier_high DOUBLE,
    difference DOUBLE, difference_low DOUBLE, difference_high DOUBLE,
    n_recent INTEGER, n_earlier INTEGER, window_start DATE, knot_on DATE, window_end DATE, best DOUBLE,
    would_change VARCHAR, method VARCHAR
);
