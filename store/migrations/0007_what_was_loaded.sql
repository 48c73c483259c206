-- How far the last stages have come: each row names a stage and what it rests on. A snapshot holds a copy, so
-- that the published state can be told from the one in the warehouse.
CREATE TABLE stage (name VARCHAR, digest VARCHAR NOT NULL);

-- With which form (and code) the archived payloads of each source were read.
CREATE TABLE loaded_form (source_id VARCHAR, digest VARCHAR NOT NULL);

-- Whether nothing at all could be taken from a payload; `error` may also complain of a part of it.
ALTER TABLE payload ADD COLUMN unread BOOLEAN DEFAULT false;
