"""A list that shrinks against what the bundle holds is doubted as one that shrinks against a payload."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

import store.bundle
from ingest.records import Kind, Records
from ingest.source import Payload, Source
from ingest.take_in import backfill
from ingest.take_in.load import adopt_bundle, archived_bundle, load_source
from store.archive import Archive, describe
from store.bundle import write_bundle
from store.warehouse import Warehouse

START = datetime(2026, 1, 1, tzinfo=UTC)
A, B = "https://example.org/a.json", "https://example.org/b.json"
Version = tuple[int, str, int]
"""Day, address, and how many models are listed, from the first on."""


def parse(payloads: Sequence[Payload]) -> Records:
    """Tokens per model, as JSON."""
    said: dict[str, float] = {}
    for payload in payloads:
        said |= json.loads(payload.body)
    return Records({Kind.USAGE: pl.DataFrame({"model_name": list(said), "tokens": list(said.values())})})


SOURCE = Source(
    id="figures",
    title="Figures",
    homepage="https://example.org",
    licence="CC0",
    attribution="Example",
    urls=(A, B),
    cadence="1d",
    kinds=(Kind.USAGE,),
    parse=parse,
    complete=True,
)


def archived(archive: Archive, versions: Sequence[Version]) -> None:
    for day, url, count in versions:
        body = json.dumps({f"model-{number}": float(day) for number in range(count)}).encode()
        at = START + timedelta(days=day)
        archive.add(describe(body, source_id="figures", url=url, as_of=at, fetched_at=at), body)


@pytest.mark.parametrize(
    ("shipped", "fetched", "buried", "says"),
    [
        pytest.param(
            [(0, A, 20)], [(5, A, 9)], 0, "9 rows of usage where the version before listed 20", id="few"
        ),
        pytest.param([(0, A, 20)], [(5, A, 9), (6, A, 9)], 11, "9 rows of usage", id="few twice"),
        pytest.param([(0, A, 20)], [(5, A, 11)], 9, None, id="most"),
        pytest.param([(0, A, 10)], [(5, A, 4)], 0, "listed 10", id="ten are a list"),
        pytest.param([(0, A, 9)], [(5, A, 4)], 5, None, id="nine may shrink as they like"),
        pytest.param([(0, A, 20), (1, A, 11)], [(5, A, 6)], 5, None, id="tombstones are no rows"),
        pytest.param([(0, A, 20), (1, A, 20)], [(5, A, 11)], 9, None, id="a revised row is one row"),
        pytest.param([(0, B, 20)], [(5, A, 4)], 0, None, id="another address"),
        pytest.param([(7, A, 20)], [(5, A, 4)], 0, None, id="served later"),
        pytest.param([(0, A, 20)], [(3, A, 11), (5, A, 6)], 14, None, id="a payload comes before the bundle"),
    ],
)
def test_the_bundle_is_the_version_before_of_its_own_address(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shipped: list[Version],
    fetched: list[Version],
    buried: int,
    says: str | None,
) -> None:
    """How many rows of an address the bundle holds alive is what its next payload is measured against."""
    maker, made = Archive(tmp_path / "maker"), Warehouse.in_memory()
    archived(maker, shipped)
    load_source(SOURCE, maker, made, {})
    write_bundle(made, tmp_path / "bundled", ["figures"], START)
    monkeypatch.setattr(backfill, "bundle_files", lambda *_: store.bundle.bundle_files(tmp_path / "bundled"))

    archive, warehouse = Archive(tmp_path / "home"), Warehouse.in_memory()
    backfill.archive_bundle(archive)
    bundle = archived_bundle(archive)
    adopt_bundle(archive, warehouse, bundle)
    archived(archive, fetched)
    load_source(SOURCE, archive, warehouse, bundle)

    first = min(START + timedelta(days=day) for day, _, _ in fetched)
    gone = "SELECT DISTINCT model_name FROM usage WHERE gone AND observed_at >= $first"
    assert warehouse.frame(gone, {"first": first}).height == buried
    errors = warehouse.frame("SELECT error FROM payload WHERE error IS NOT NULL")["error"].to_list()
    assert [says in error for error in errors] == ([True] if says else [])
