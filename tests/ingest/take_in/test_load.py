"""Loading: the tables are a function of the set of archived payloads, not of the order of their arrival."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import store.bundle
from ingest.errors import ParseError
from ingest.records import Kind, Records
from ingest.source import Payload, Source
from ingest.take_in import backfill
from ingest.take_in.load import adopt_bundle, archived_bundle, load_source
from store.archive import Archive, describe
from store.bundle import write_bundle
from store.warehouse import OBSERVATIONS, Warehouse
from tests.team.fixtures import empty

START = datetime(2024, 1, 1, tzinfo=UTC)


def parse(payloads: Sequence[Payload]) -> Records:
    """Tokens per model name, as JSON; a body that is no JSON is a broken payload."""
    rows: list[dict[str, object]] = []
    for payload in payloads:
        try:
            said = json.loads(payload.body)
        except json.JSONDecodeError as error:
            raise ParseError(f"{payload.url} serves no JSON: {error}") from error
        rows += [{"model_name": name, "tokens": tokens} for name, tokens in said.items()]
    schema = {"model_name": pl.String, "tokens": pl.Float64}
    return Records({Kind.USAGE: pl.DataFrame(rows, schema=schema)})


def source(*, grouped: bool = False, complete: bool = True) -> Source:
    """A source of usage figures."""
    return Source(
        id="figures",
        title="Figures",
        homepage="https://example.org",
        licence="CC0",
        attribution="Example",
        urls=("https://example.org/a", "https://example.org/b"),
        cadence="1d",
        kinds=(Kind.USAGE,),
        parse=parse,
        complete=complete,
        grouped=grouped,
    )


def archive_one(archive: Archive, day: int, url: str, body: str) -> bool:
    """Archive what `url` served on a day."""
    entry = describe(
        body.encode(),
        source_id="figures",
        url=url,
        as_of=START + timedelta(days=day),
        fetched_at=START + timedelta(days=99),
    )
    return archive.add(entry, body.encode())


def tables(warehouse: Warehouse) -> dict[str, list[tuple[object, ...]]]:
    """All observation tables, payloads and quarantine, ordered."""
    names = (*OBSERVATIONS, "payload", "quarantine")
    return {name: warehouse.frame(f'SELECT * FROM "{name}" ORDER BY ALL').rows() for name in names}


bodies = st.one_of(
    st.dictionaries(st.sampled_from("abc"), st.sampled_from([1, 2]), max_size=3).map(json.dumps),
    st.just("<html>"),
)
arrivals = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(["https://example.org/a", "https://example.org/b"]), bodies),
    min_size=1,
    max_size=6,
    unique_by=lambda item: item[:2],
)


@pytest.fixture(scope="module")
def in_memory() -> Warehouse:
    """One that examples empty and use again: to make one takes longer than most examples do."""
    return Warehouse.in_memory()


@settings(deadline=None, max_examples=25)
@given(arrivals, st.randoms(use_true_random=False), st.booleans())
def test_any_order_of_arrival_gives_the_same_tables(
    in_memory: Warehouse, payloads: list[tuple[int, str, str]], random: object, grouped: bool
) -> None:
    """Payloads taken in one by one in any order end in the tables of taking them in order of time."""
    shuffled = list(payloads)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    results = []
    for order in (sorted(payloads), shuffled):
        with TemporaryDirectory() as folder:
            archive = Archive(Path(folder))
            empty(in_memory)
            for payload in order:
                archive_one(archive, *payload)
                load_source(source(grouped=grouped), archive, in_memory, {})
            results.append(tables(in_memory))
    assert results[0] == results[1]


def test_loading_again_adds_nothing(tmp_path: Path) -> None:
    """A second load without new payloads is a no-op."""
    archive, warehouse = Archive(tmp_path), Warehouse.in_memory()
    archive_one(archive, 0, "https://example.org/a", '{"a": 1}')
    assert load_source(source(), archive, warehouse, {}).added == 1
    before = tables(warehouse)
    assert load_source(source(), archive, warehouse, {}).payloads == 0
    assert tables(warehouse) == before


def test_one_address_does_not_bury_what_another_one_said(tmp_path: Path) -> None:
    """A complete payload speaks for its own address only."""
    archive, warehouse = Archive(tmp_path), Warehouse.in_memory()
    archive_one(archive, 0, "https://example.org/a", '{"a": 1}')
    archive_one(archive, 1, "https://example.org/b", '{"b": 1}')
    load_source(source(), archive, warehouse, {})
    assert warehouse.frame("SELECT model_name FROM usage WHERE gone").is_empty()


def test_a_broken_payload_is_quarantined_with_its_reason_and_the_others_go_on(tmp_path: Path) -> None:
    """An error page costs itself only, and leaves no tombstones."""
    archive, warehouse = Archive(tmp_path), Warehouse.in_memory()
    archive_one(archive, 0, "https://example.org/a", '{"a": 1}')
    archive_one(archive, 1, "https://example.org/a", "<html>")
    archive_one(archive, 2, "https://example.org/a", '{"a": 2}')
    load_source(source(), archive, warehouse, {})
    assert warehouse.frame("SELECT tokens FROM usage ORDER BY observed_at")["tokens"].to_list() == [1, 2]
    assert "serves no JSON" in warehouse.frame("SELECT reason FROM quarantine")["reason"][0]
    assert (
        "serves no JSON" in warehouse.frame("SELECT error FROM payload WHERE error IS NOT NULL")["error"][0]
    )


def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Ship the first days as the bundle."""
    archive, warehouse = Archive(tmp_path / "maker"), Warehouse.in_memory()
    for day in range(days):
        archive_one(
            archive, day, "https://example.org/a", json.dumps({"a": day // 2, "b": 1} if day else {"c": 1})
        )
    load_source(source(), archive, warehouse, {})
    write_bundle(warehouse, tmp_path / "bundled", ["figures"], START)
    monkeypatch.setattr(backfill, "bundle_files", lambda *_: store.bundle.bundle_files(tmp_path / "bundled"))


def test_bundled_rows_survive_a_rebuild_and_give_way_to_their_payloads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bundle alone, bundle then payloads, and payloads alone agree on the observations."""
    bundled(tmp_path, monkeypatch, days=4)
    archive, warehouse = Archive(tmp_path / "home"), Warehouse.in_memory()
    assert backfill.archive_bundle(archive) > 0
    bundle = archived_bundle(archive)
    adopt_bundle(archive, warehouse, bundle)
    from_bundle = warehouse.frame("SELECT * FROM usage ORDER BY ALL").rows()
    archive_one(archive, 2, "https://example.org/a", json.dumps({"a": 1, "b": 1}))
    load_source(source(), archive, warehouse, bundle)
    assert warehouse.frame("SELECT * FROM usage ORDER BY ALL").rows() == from_bundle
    again = Warehouse.in_memory()
    adopt_bundle(archive, again, bundle)
    load_source(source(), archive, again, bundle)
    assert tables(again) == tables(warehouse)


@pytest.mark.parametrize(
    ("grouped", "url", "buried"),
    [
        (False, "https://example.org/a", ["b"]),
        (True, "https://example.org/a", ["b"]),
        (False, "https://example.org/b", []),
        (True, "https://example.org/b", []),
    ],
)
def test_bundled_rows_are_buried_by_their_own_address_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grouped: bool, url: str, buried: list[str]
) -> None:
    """What vanished since the bundle was made is gone; what other addresses said (older releases) stays."""
    bundled(tmp_path, monkeypatch, days=2)
    archive, warehouse = Archive(tmp_path / "home"), Warehouse.in_memory()
    backfill.archive_bundle(archive)
    bundle = archived_bundle(archive)
    adopt_bundle(archive, warehouse, bundle)
    archive_one(archive, 5, url, json.dumps({"a": 7}))
    load_source(source(grouped=grouped), archive, warehouse, bundle)
    gone = warehouse.frame(
        "SELECT model_name FROM usage WHERE gone AND observed_at > TIMESTAMPTZ '2024-01-04 00:00:00+00'"
    )
    assert gone["model_name"].to_list() == buried
