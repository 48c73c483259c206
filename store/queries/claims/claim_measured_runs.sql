-- Runs of o1 and of Claude 3.5 Sonnet on one board whose cost, time or tokens were recorded, with list prices.
-- METR's are left out: it states one cost for a model's runs but not how many runs that paid for. Epoch's copies of
-- other boards are left out too.
WITH listed AS (
    SELECT model_id, arg_max(input_usd_per_mtok, (observed_at, input_usd_per_mtok)) AS input_usd_per_mtok,
           arg_max(output_usd_per_mtok, (observed_at, output_usd_per_mtok)) AS output_usd_per_mtok
    FROM price_at($as_of::TIMESTAMPTZ)
    WHERE seller = 'maker' AND tier = 'standard' AND input_usd_per_mtok > 0 AND output_usd_per_mtok > 0
    GROUP BY model_id
)
SELECT CASE WHEN s.model_id LIKE 'o1%' THEN 'o1' ELSE 'sonnet' END AS role, s.model_id, coalesce(m.title, s.model_id) AS title,
       m.released_on, s.benchmark_id, coalesce(b.title, s.benchmark_id) AS benchmark, s.full_setting AS setting, s.score, s.trials AS tasks, s.cost_usd, s.cost_usd_per_task,
       s.seconds_per_task, s.output_tokens_per_task, l.input_usd_per_mtok, l.output_usd_per_mtok,
       coalesce(s.valid_on, m.released_on) AS dated_on,
       greatest(coalesce(s.valid_on, s.observed_at::DATE), m.released_on) AS observed_on, s.source_id, s.payload_sha256, s.url
FROM score_at($as_of::TIMESTAMPTZ) s JOIN model m USING (model_id) LEFT JOIN listed l USING (model_id)
LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
WHERE s.model_id IN ('o1-preview-2024-09-12', 'o1-2024-12-17',
                     'claude-3-5-sonnet-20240620', 'claude-3-5-sonnet-20241022')
  AND s.source_id NOT LIKE 'metr-%' AND s.source_id NOT LIKE 'epoch-%'
  AND coalesce(s.cost_usd, s.cost_usd_per_task, s.seconds_per_task, s.output_tokens_per_task) IS NOT NULL
ORDER BY s.benchmark_id, m.released_on, s.source_id, setting, s.observed_at
