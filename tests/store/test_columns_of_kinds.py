"""A kind of record is written down as schema, as table and as view: all say the same columns and key.

In the warehouse of one machine and in the lake of a team.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from ingest.records import KEYS, Kind, columns
from store.bundle import TABLES
from store.fold import STAMP
from store.warehouse import OBSERVATIONS, Warehouse

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
STAMPS = pl.Schema(
    {
        "source_id": pl.String,
        "payload_sha256": pl.String,
        "observed_at": pl.Datetime("us", "UTC"),
        "gone": pl.Boolean,
    }
)


def stored(kind: Kind) -> pl.Schema:
    """The columns of a kind as a table holds them: words from a list are text there."""
    return pl.Schema(
        {name: pl.String() if isinstance(dtype, pl.Enum) else dtype for name, dtype in columns(kind).items()}
    )


def test_every_kind_is_a_table_and_ships() -> None:
    """No kind without a table, no table of observations without a kind, none left out of the bundle."""
    assert set(OBSERVATIONS) == {kind.value for kind in Kind}
    assert set(OBSERVATIONS) <= set(TABLES)
    assert tuple(STAMPS) == STAMP


@pytest.mark.parametrize("kind", Kind)
def test_a_table_has_the_columns_of_its_kind_and_then_the_stamp(warehouse: Warehouse, kind: Kind) -> None:
    """Names, types and order."""
    table = warehouse.frame(f'SELECT * FROM "{kind.value}"')
    assert table.schema == pl.Schema({**stored(kind), **STAMPS})


@pytest.mark.parametrize("kind", Kind)
def test_a_view_shows_all_columns_of_its_kind(warehouse: Warehouse, kind: Kind) -> None:
    """What is known at an instant has every column of the table, and after them those of the model."""
    view = warehouse.frame(f"SELECT * FROM {kind.value}_at($instant)", {"instant": FIRST})
    table = warehouse.frame(f'SELECT * FROM "{kind.value}"')
    assert list(view.schema.items())[: table.width] == list(table.schema.items())


@pytest.mark.parametrize(
    ("kind", "column"), [(kind, column) for kind in Kind for column in columns(kind)], ids=str
)
def test_a_view_tells_apart_by_the_key_and_by_nothing_else(
    warehouse: Warehouse, kind: Kind, column: str
) -> None:
    """Two statements that differ in a column of the key both stand; in another one the later stands alone."""
    first = {name: _value(dtype, 0) for name, dtype in stored(kind).items()}
    later = first | {column: _value(stored(kind)[column], 1)}
    for position, row in enumerate((first, later)):
        stamp = {
            "source_id": "a",
            "payload_sha256": str(position),
            "observed_at": FIRST + timedelta(days=position),
            "gone": False,
        }
        warehouse.insert(kind.value, pl.DataFrame([row | stamp], schema={**stored(kind), **STAMPS}))
    view = f"SELECT payload_sha256 FROM {kind.value}_at($instant) ORDER BY 1"
    shown = warehouse.frame(view, {"instant": FIRST + timedelta(days=2)})["payload_sha256"].to_list()
    assert shown == (["0", "1"] if column in KEYS[kind] else ["1"])


def _value(dtype: pl.DataType, which: int) -> object:
    if dtype == pl.Date:
        return date(2026, 1, 1 + which)
    if dtype == pl.Boolean:
        return bool(which)
    return f"value {which}" if dtype == pl.String else which
