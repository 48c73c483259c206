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
from ingest.take_in.shortfall import FEWEST_ROWS, listing, why_doubtful, why_nothing
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


def of(n_rows: int, refused: Sequence[str] = ()) -> Records:
    """So many rows of use, and refusals with these reasons."""
    rows = pl.DataFrame({"model_name": [f"m{at}" for at in range(n_rows)]}, schema={"model_name": pl.String})
    complaints = pl.concat([complaint(reason) for reason in ("", *refused)]).slice(1)
    return Records({Kind.USAGE: rows}, complaints)


def test_why_nothing_could_be_taken_in_is_told_by_the_most_frequent_reason() -> None:
    """With how often; nothing is told where a row was taken in, or there is nothing to say by design."""
    assert why_nothing(of(1, ["no name"]), URL) is None
    assert why_nothing(Records(), URL) is None
    told = why_nothing(of(0, ["no name", "no figure", "no figure"]), URL)
    assert told is not None
    assert "not one of 3 rows could be taken in, most often because no figure (2)" in told
    empty = why_nothing(of(0), URL)
    assert empty is not None
    assert f"{URL} holds no rows" in empty
    about = Records({Kind.USAGE: pl.DataFrame(), Kind.SERIES: pl.DataFrame({"series_id": ["s"]})})
    assert why_nothing(about, URL) is not None


@pytest.mark.parametrize(
    ("before", "now", "is_doubtful"),
    [(20, 10, True), (20, 11, False), (20, 0, True), (FEWEST_ROWS, 5, True), (FEWEST_ROWS - 1, 0, False)],
)
def test_a_list_of_ten_that_has_lost_half_is_doubted(before: int, now: int, is_doubtful: bool) -> None:
    """What becomes of the others depends on whether the list is complete."""
    counted = listing(of(before))
    assert counted == {"usage": before}
    for complete, words in ((True, "not taken for gone unless"), (False, "look whether the list was cut")):
        told = why_doubtful(of(now), counted, URL, complete=complete)
        assert (told is not None) is is_doubtful
        assert told is None or (
            words in told and f"{now} rows of usage where the version before listed {before}" in told
        )
    assert why_doubtful(of(now), {}, URL, complete=True) is None


def test_a_version_that_could_not_be_read_lists_nothing() -> None:
    """As does one without rows."""
    assert listing("not valid JSON") == listing(of(0)) == {}
