-- How the payloads came in: from the archive with all their rows, or shipped with the code as accepted rows only.
SELECT origin, count(*) AS payloads FROM payload WHERE as_of <= $as_of::TIMESTAMPTZ GROUP BY origin ORDER BY origin
