-- How long models took for a task, seconds, where a board measured it: the median over a model's runs. Only models of which
-- it is known whether they think before they answer.
SELECT s.benchmark_id, any_value(benchmark_title(b.title, s.benchmark_id)) AS benchmark, s.model_id,
       any_value(coalesce(m.title, s.model_id)) AS title, any_value(m.organization) AS organization, m.reasoning,
       median(s.seconds_per_task) AS seconds, max(s.observed_at::DATE) AS known_on,
       count(*) AS runs, min(s.source_id) AS source_id
FROM score_at($as_of::TIMESTAMPTZ) s JOIN model m USING (model_id) LEFT JOIN benchmark_at($as_of::TIMESTAMPTZ) b USING (benchmark_id)
WHERE s.seconds_per_task > 0 AND m.reasoning IS NOT NULL AND s.reported_by = 'independent' AND m.released_on <= $on::DATE
GROUP BY s.benchmark_id, s.model_id, m.reasoning
ORDER BY s.benchmark_id, m.reasoning, seconds, s.model_id
