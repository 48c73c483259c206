-- Who made each model, as far as it is known.
SELECT model_id, organization AS made_by FROM model ORDER BY model_id
