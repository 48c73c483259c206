"""A list that suddenly shrinks, or of which nothing can be read, buries nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from ingest.records import Kind, Records, complaint
from ingest.source import Payload, Source
from ingest.take_in.load import load_source
from store.archive import Archive, describe
from store.warehouse import Warehouse

START = datetime(2026, 1, 1, tzinfo=UTC)
URL = "https://example.org/usage.json"
FULL = {f"model-{number}": 1 for number in range(20)}
FEW = {f"model-{number}": 1 for number in range(8)}
MOST = {f"model-{number}": 1 for number in range(15)}


def parse(payloads: Sequence[Payload]) -> Records:
    """Tokens per model; the name "!" is a complaint, a negative figure breaks a rule."""
    said = json.loads(payloads[0].body)
    reason = said.pop("!", None)
    rows = pl.DataFrame(
        {"model_name": list(said), "tokens": [float(tokens) for tokens in said.values()]},
        schema={"model_name": pl.String, "tokens": pl.Float64},
    )
    return Records({Kind.USAGE: rows}, *([complaint(reason)] if reason else []))


SOURCE = Source(
    id="figures",
    title="Figures",
    homepage="https://example.org",
    licence="CC0",
    attribution="Example",
    urls=(URL,),
    cadence="1d",
    kinds=(Kind.USAGE,),
    parse=parse,
    complete=True,
)


def taken_in(folder: Path, *versions: dict[str, object], one_by_one: bool = False) -> Warehouse:
    """The warehouse after these versions, one a day."""
    archive, warehouse = Archive(folder), Warehouse.in_memory()
    for day, said in enumerate(versions):
        body = json.dumps(said).encode()
        at = START + timedelta(days=day)
        entry = describe(body, source_id="figures", url=URL, as_of=at, fetched_at=at)
        archive.add(entry, body)
        if one_by_one:
            load_source(SOURCE, archive, warehouse, {})
    load_source(SOURCE, archive, warehouse, {})
    return warehouse


def buried(warehouse: Warehouse) -> int:
    return warehouse.frame("SELECT * FROM usage WHERE gone").height


def errors(warehouse: Warehouse) -> list[str]:
    return warehouse.frame("SELECT error FROM payload WHERE error IS NOT NULL")["error"].to_list()


@pytest.mark.parametrize("one_by_one", [False, True])
def test_a_list_that_shrinks_below_half_buries_nothing_until_the_next_says_the_same(
    tmp_path: Path, one_by_one: bool
) -> None:
    """An outage on their side looks like this; the payload says so, in whatever order it came."""
    doubted = taken_in(tmp_path / "doubted", FULL, FEW, one_by_one=one_by_one)
    assert buried(doubted) == 0
    assert "lists only 8 rows of usage where the version before listed 20" in errors(doubted)[0]
    confirmed = taken_in(tmp_path / "confirmed", FULL, FEW, FEW | {"model-0": 2}, one_by_one=one_by_one)
    assert buried(confirmed) == 12


def test_a_list_that_shrinks_a_little_is_believed(tmp_path: Path) -> None:
    """Most of a list is enough to believe it."""
    warehouse = taken_in(tmp_path, FULL, MOST)
    assert buried(warehouse) == 5
    assert errors(warehouse) == []


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ({}, "holds no rows; what is stored stays"),
        (dict.fromkeys(FULL, -1), "not one of 20 rows could be taken in, most often because tokens is below"),
        (FEW | MOST | {"!": "the column 'price' is lost"}, "the column 'price' is lost"),
    ],
)
def test_a_version_that_says_nothing_or_is_complained_of_buries_nothing(
    tmp_path: Path, version: dict[str, object], says: str
) -> None:
    """No row at all, only bad rows, or a complaint: what is stored stays, and it is said why."""
    warehouse = taken_in(tmp_path, FULL, version)
    assert buried(warehouse) == 0
    assert says in errors(warehouse)[0]
