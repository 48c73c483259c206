"""Tables of the bundle are read when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from store.bundle import TablesOnDemand, only

ROWS = {
    "payload": pl.DataFrame({"source_id": ["a", "b"]}),
    "score": pl.DataFrame({"source_id": ["a", "a", "b"], "score": [1.0, 2.0, 3.0]}),
}


def test_a_table_is_read_once_and_only_when_asked_for() -> None:
    """Knowing what there is, and narrowing it to some sources, reads nothing."""
    read: list[str] = []

    def reader(table: str) -> Callable[[], pl.DataFrame]:
        def rows() -> pl.DataFrame:
            read.append(table)
            return ROWS[table]

        return rows

    tables = TablesOnDemand({table: reader(table) for table in ROWS})
    narrowed = only(tables, ["a"])
    assert "payload" in tables
    assert "price" not in narrowed
    assert set(narrowed) == set(ROWS)
    assert read == []
    assert narrowed["payload"].height == 1
    assert narrowed["payload"].height + tables["payload"].height == 3
    assert read == ["payload"]
    assert narrowed["score"]["score"].to_list() == [1.0, 2.0]
