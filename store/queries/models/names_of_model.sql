-- Under which names the sources speak of one model, and by which rule each was recognised.
SELECT source_id, model_name, version, setting, rule FROM model_alias WHERE model_id = $model
ORDER BY source_id, model_name
