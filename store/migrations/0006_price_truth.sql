-- Whom a source copies (lists that repeat each other count as one witness), and whether the dates of its prices are
-- days on which it looked rather than first days of prices.
ALTER TABLE source ADD COLUMN copies VARCHAR[];
ALTER TABLE source ADD COLUMN dates_readings BOOLEAN;

-- What was asked, one row a step of one model, seller and tier, made anew from all that the lists say.
-- basis: stated (a list names the day, with the seller's page), launch (held since the model's release), moved (a
-- moving name came to point to a version), between sightings (after starts_after, not later than starts_on),
-- notice (of shut-down). listed false: not offered from that day. ends_on and reason: changed, withdrawn, shut down by
-- notice; null while it stands. last_confirmed_on: the last day of which a witness says so; whoever is in
-- still_said_by confirms it further with each new reading. is_own: of the maker, or of its own cloud.
-- preference: whose price speaks first for a model, the lowest. model_name: the spelling that most lists use.
DROP TABLE price_step;
CREATE TABLE price_step (
    model_id VARCHAR NOT NULL, provider VARCHAR NOT NULL, tier VARCHAR NOT NULL DEFAULT 'standard', seller VARCHAR,
    is_own BOOLEAN, preference INTEGER NOT NULL,
    starts_after DATE, starts_on DATE NOT NULL, basis VARCHAR NOT NULL, ends_on DATE, reason VARCHAR,
    input_usd_per_mtok DOUBLE, output_usd_per_mtok DOUBLE, cached_input_usd_per_mtok DOUBLE, listed BOOLEAN NOT NULL,
    last_confirmed_on DATE, for_sources VARCHAR[], against_sources VARCHAR[], still_said_by VARCHAR[],
    n_agreeing INTEGER NOT NULL, observed_at TIMESTAMPTZ NOT NULL,
    source_id VARCHAR NOT NULL, model_name VARCHAR NOT NULL, url VARCHAR, payload_sha256 VARCHAR NOT NULL
);

-- What lists say that is rather a slip than a price, with the reason.
DROP TABLE price_doubt;
CREATE TABLE price_doubt (
    model_id VARCHAR, source_id VARCHAR, model_name VARCHAR, provider VARCHAR, tier VARCHAR, known VARCHAR,
    from_on DATE, input_usd_per_mtok DOUBLE, output_usd_per_mtok DOUBLE, observed_at TIMESTAMPTZ,
    payload_sha256 VARCHAR, reason VARCHAR
);

-- How far each list is trusted on each kind of seller, from how often it was right where others speak too.
CREATE TABLE price_witness (
    source_id VARCHAR NOT NULL, seller VARCHAR NOT NULL, n_prices BIGINT, days_judged BIGINT, share_right DOUBLE,
    median_lag_days DOUBLE, n_slips BIGINT, weight DOUBLE, copies VARCHAR[], found_copies VARCHAR[]
);

-- First and last sighting of payloads that were served again without a change, as of the publishing.
CREATE TABLE sighting (
    source_id VARCHAR NOT NULL, url VARCHAR NOT NULL, as_of TIMESTAMPTZ NOT NULL, payload_sha256 VARCHAR NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL, last_seen_at TIMESTAMPTZ NOT NULL
);
