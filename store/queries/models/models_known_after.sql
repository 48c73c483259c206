-- Language models released, or first seen, after a day and by the as-of date, which are known without having been
-- measured: `has_score` says whether any source scores one on anything. Moving names and families are no models, nor
-- is another way to be served (faster, for one's data); xAI's fast models are models of their own. No measure here
-- scores what makes or hears sounds and pictures, translates, edits, embeds, ranks, guards, routes or moves robots, as
-- its name says; a model that is known by its scores alone may be of long ago.
FROM (
    SELECT m.model_id, m.released_on, m.released_basis,
           EXISTS (FROM score s JOIN model_alias a USING (source_id, model_name)
                   WHERE a.model_id = m.model_id AND NOT s.gone AND s.observed_at <= $as_of::TIMESTAMPTZ) AS has_score,
           regexp_replace(m.model_id, '-(contributor|fast|highspeed|ultraspeed|(lora|peft)(-[0-9]+)?)(-us)?$', '')
               AS served_of
    FROM model m
    WHERE m.released_on > $after::DATE AND m.released_on <= $on::DATE
      AND m.organization IS NOT NULL AND m.kind IN ('dated', 'undated')
      AND NOT regexp_matches(m.model_id, $other_kinds)
) newer
WHERE NOT (has_score AND released_basis LIKE '%first seen')
  AND (newer.model_id LIKE 'grok-%' OR served_of = newer.model_id
       OR NOT EXISTS (FROM model m WHERE m.model_id = newer.served_of))
ORDER BY released_on, model_id
