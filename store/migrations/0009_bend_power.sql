-- How surely the test of a bend would have noticed a change of pace of an index, by months since; `noticed` in one look,
-- `noticed_monthly` with looks every month, each with 5 % false alarms (a look, a year).
CREATE TABLE bend_power (
    series_id VARCHAR, as_of DATE, change VARCHAR, months INTEGER, noticed DOUBLE, noticed_monthly DOUBLE,
    threshold DOUBLE, threshold_monthly DOUBLE, worlds INTEGER, models INTEGER
);
