-- Every spelling of a model that any source uses, with the maker and the sellers that the source names.
SELECT source_id, model_name, min(organization) AS organization, list(DISTINCT provider ORDER BY provider)
    FILTER (provider IS NOT NULL) AS sellers
FROM (
    SELECT source_id, model_name, organization, NULL AS provider FROM score
    UNION ALL SELECT source_id, model_name, organization, provider FROM price
    UNION ALL SELECT source_id, model_name, organization, provider FROM speed
    UNION ALL SELECT source_id, model_name, organization, NULL FROM usage
    UNION ALL SELECT source_id, model_name, organization, NULL FROM model_fact
    UNION ALL SELECT source_id, model_name, organization, NULL FROM release WHERE model_name IS NOT NULL
)
GROUP BY source_id, model_name
ORDER BY source_id, model_name
