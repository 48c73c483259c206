-- What was derived and that nothing read.
DROP TABLE capability_benchmark;
DROP TABLE capability_fit;
DROP TABLE verdict;
