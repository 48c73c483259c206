-- How fast hosts served some models on the last day on which anybody measured each: the median, slowest and fastest host.
WITH measured AS (
    SELECT model_id, provider, output_tokens_per_second, coalesce(valid_on, observed_at::DATE) AS day, source_id
    FROM speed_at($as_of::TIMESTAMPTZ)
    WHERE model_id IN (SELECT unnest($models)) AND output_tokens_per_second > 0
),
by_host AS (
    SELECT model_id, day, provider, median(output_tokens_per_second) AS speed, min(source_id) AS source_id
    FROM measured WHERE day = (SELECT max(day) FROM measured newest WHERE newest.model_id = measured.model_id)
    GROUP BY model_id, day, provider
)
SELECT model_id, day, median(speed) AS tokens_per_second, min(speed) AS slowest, max(speed) AS fastest,
       count(*) AS hosts, min(source_id) AS source_id
FROM by_host GROUP BY model_id, day ORDER BY model_id
