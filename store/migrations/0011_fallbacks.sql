-- What stands in for a source's addresses, and since when and why a source is frozen (null: it is not).
ALTER TABLE source ADD COLUMN fallbacks VARCHAR[];
ALTER TABLE source ADD COLUMN frozen VARCHAR;
