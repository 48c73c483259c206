-- What publishers said under their own name, once per entry, in its latest wording.
SELECT source_id, entry_id, title, kind, organization
FROM release_at('2100-01-01'::TIMESTAMPTZ)
ORDER BY valid_on, source_id, entry_id
