-- What sources say of each model; where they differ, the statement that most sources share, then the latest.
SELECT a.model_id,
       mode(f.display_name ORDER BY f.display_name) AS title,
       mode(f.open_weights ORDER BY f.open_weights) AS open_weights,
       bool_or(f.reasoning) AS reasoning,
       arg_max(f.training_compute_flop, (f.observed_at, f.training_compute_flop)) AS training_compute_flop
FROM model_fact f JOIN model_alias a USING (source_id, model_name)
WHERE NOT f.gone
GROUP BY a.model_id
ORDER BY a.model_id
