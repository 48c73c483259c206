-- Why a model is left out of the capability index, where it is.
SELECT reason FROM capability_left_out WHERE kind = 'model' AND name = $model ORDER BY reason
