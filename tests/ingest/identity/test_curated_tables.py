"""What people have written about models says where it is from."""

from __future__ import annotations

import csv

from ingest.identity.catalogue import FOLDER


def test_every_period_of_a_moving_name_has_its_page() -> None:
    """A day that nobody can look up is a guess; the column is for people, no code reads it."""
    with (FOLDER / "moving_aliases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert [row for row in rows if not row["source_url"].startswith("https://")] == []
