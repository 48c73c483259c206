-- Every spelling of a model that any source uses, with the maker the source names.
SELECT source_id, model_name, min(organization) AS organization
FROM (
    SELECT source_id, model_name, organization FROM score
    UNION ALL SELECT source_id, model_name, organization FROM price
    UNION ALL SELECT source_id, model_name, organization FROM speed
    UNION ALL SELECT source_id, model_name, organization FROM usage
    UNION ALL SELECT source_id, model_name, organization FROM model_fact
    UNION ALL SELECT source_id, model_name, organization FROM release WHERE model_name IS NOT NULL
)
GROUP BY source_id, model_name
ORDER BY source_id, model_name
