-- Models released, or first seen, after a day and by the as-of date, which are known without having been measured:
-- `has_score` says whether any source scores one on anything. Moving names and families are no models; one that is
-- known by its scores alone may be of long ago.
FROM (
    SELECT m.model_id, m.released_on, m.released_basis,
           EXISTS (FROM score s JOIN model_alias a USING (source_id, model_name)
                   WHERE a.model_id = m.model_id AND NOT s.gone AND s.observed_at <= $as_of::TIMESTAMPTZ) AS has_score
    FROM model m
    WHERE m.released_on > $after::DATE AND m.released_on <= $on::DATE
      AND m.organization IS NOT NULL AND m.kind IN ('dated', 'undated')
)
WHERE NOT (has_score AND released_basis LIKE '%first seen')
ORDER BY released_on, model_id
