"""The store of a team: DuckLake over PostgreSQL and object storage, one truth for several machines."""
