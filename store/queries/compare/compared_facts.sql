-- What most sources say of the context window and the knowledge cut-off of some models.
SELECT model_id, mode(context_tokens ORDER BY context_tokens) AS context_tokens,
       mode(knowledge_cutoff ORDER BY knowledge_cutoff) AS knowledge_cutoff
FROM model_fact_at($as_of::TIMESTAMPTZ)
WHERE model_id IN (SELECT unnest($models))
GROUP BY model_id ORDER BY model_id
