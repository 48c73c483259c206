-- Runs stand in the ledger alone; the copy in the warehouse was never asked.
DROP TABLE IF EXISTS run;
