-- What sources say of each model. Of its name, what most say once the seller before it and the effort behind it are
-- taken off, Epoch's wording before others'; of the rest, what most say, then the latest.
WITH said AS (
    SELECT a.model_id, f.*,
           trim(regexp_replace(regexp_replace(regexp_replace(f.display_name,
               '^[A-Za-z0-9.\- ]{2,30}: ', ''),
               '\s*\((free|beta|none|minimal|low|medium|high|xhigh|max|thinking|no thinking|preview)\)$', ''),
               '(?i)\s*\([a-z0-9]*k? ?thinking(; [^)]*)?\)$', '')) AS plain_name,
           CASE WHEN f.source_id LIKE 'epoch-%' THEN 0 ELSE 1 END AS distance
    FROM model_fact f JOIN model_alias a USING (source_id, model_name)
    WHERE NOT f.gone
)
SELECT model_id,
       coalesce(mode(plain_name ORDER BY plain_name) FILTER (distance = 0), mode(plain_name ORDER BY plain_name)) AS title,
       mode(open_weights ORDER BY open_weights) AS open_weights,
       bool_or(reasoning) AS reasoning,
       arg_max(training_compute_flop, (observed_at, training_compute_flop)) AS training_compute_flop
FROM said
GROUP BY model_id
ORDER BY model_id
