-- Price steps worth believing: dated, one row per change, made anew from the observations of all sources.
-- basis: stated (the source dates it), launch (first listing, dated by the model's release),
-- confirmed (another source dates it), between sightings (after starts_after, not later than starts_on),
-- superseded (the listing went stale; another one of the maker goes on).

CREATE TABLE price_step (
    model_id VARCHAR NOT NULL, source_id VARCHAR NOT NULL, model_name VARCHAR NOT NULL, provider VARCHAR NOT NULL,
    seller VARCHAR, starts_on DATE NOT NULL, starts_after DATE, basis VARCHAR NOT NULL,
    input_usd_per_mtok DOUBLE, output_usd_per_mtok DOUBLE, cached_input_usd_per_mtok DOUBLE, listed BOOLEAN NOT NULL,
    preference INTEGER NOT NULL, n_agreeing INTEGER NOT NULL, observed_at TIMESTAMPTZ NOT NULL, url VARCHAR,
    payload_sha256 VARCHAR NOT NULL
);

-- Steps that are rather slips of a table than prices, with the reason.
CREATE TABLE price_doubt (
    model_id VARCHAR, source_id VARCHAR, model_name VARCHAR, provider VARCHAR, input_usd_per_mtok DOUBLE,
    output_usd_per_mtok DOUBLE, observed_at TIMESTAMPTZ, payload_sha256 VARCHAR, reason VARCHAR
);
