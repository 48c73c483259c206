-- Names that no rule explains and on which something hangs, a score on a board or a price: one row per identity
-- that such names stand for, the weightiest first. A score and a maker's own price weigh more than any offer.
SELECT any_value(a.model_name ORDER BY a.source_id) AS model_name, a.model_id,
       string_agg(DISTINCT a.source_id, ' ' ORDER BY a.source_id) AS sources,
       coalesce(sum(s.n), 0)::BIGINT AS n_scores, coalesce(sum(p.n_own), 0)::BIGINT AS n_prices,
       coalesce(sum(p.n_offers), 0)::BIGINT AS n_offers
FROM model_alias a
LEFT JOIN (SELECT source_id, model_name, count(DISTINCT benchmark_id) AS n FROM score GROUP BY ALL) s
    USING (source_id, model_name)
LEFT JOIN (
    SELECT source_id, model_name, count(*) FILTER (seller = 'maker') AS n_own,
           count(DISTINCT provider) FILTER (seller <> 'maker') AS n_offers
    FROM price GROUP BY ALL
) p USING (source_id, model_name)
WHERE a.rule = 'unresolved' AND a.source_id NOT LIKE 'open-llm%'
      AND (s.n IS NOT NULL OR p.n_own > 0 OR p.n_offers > 0)
GROUP BY a.model_id
ORDER BY n_scores + n_prices DESC, n_offers DESC, a.model_id
