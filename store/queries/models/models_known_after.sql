-- Models released, or first seen, after a day and by the as-of date, which are known without having been measured:
-- `has_score` says whether any source scores one on anything. Moving names and families are no models, nor does any
-- measure here score what makes or hears sounds and pictures, embeds, ranks or moves robots, as its name says; a model
-- that is known by its scores alone may be of long ago.
FROM (
    SELECT m.model_id, m.released_on, m.released_basis,
           EXISTS (FROM score s JOIN model_alias a USING (source_id, model_name)
                   WHERE a.model_id = m.model_id AND NOT s.gone AND s.observed_at <= $as_of::TIMESTAMPTZ) AS has_score
    FROM model m
    WHERE m.released_on > $after::DATE AND m.released_on <= $on::DATE
      AND m.organization IS NOT NULL AND m.kind IN ('dated', 'undated')
      AND NOT regexp_matches(m.model_id, '(^|[-.])(audio|banana|dall-e|embed(ding)?s?|image|imagen|live|moderation|music|ocr'
          || '|realtime|rerank(er)?|robotics|speech|sora|transcribe|translate|tts|veo|video|voice|voxtral|voyage|whisper)([-.]|$)')
)
WHERE NOT (has_score AND released_basis LIKE '%first seen')
ORDER BY released_on, model_id
