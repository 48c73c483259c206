"""The tables of facts, when they are there, are taken in whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.records import Kind, check
from ingest.source import Payload, Source
from ingest.sources.facts.tables import FACTS, PREFIX, RESTRICTED, SOURCES
from tests.places import FACTS as TABLES


def files_of(source: Source) -> list[str]:
    return [str(url).removeprefix(PREFIX) for url in source.urls]


FILES = [(source, file) for source in SOURCES for file in files_of(source)]


@pytest.mark.recordings
@pytest.mark.parametrize(("source", "file"), FILES, ids=[file for _, file in FILES])
def test_a_table_of_facts_gives_rows_with_their_source(source: Source, file: str) -> None:
    """Each file gives rows, at least three in four are accepted, and each row keeps its address."""
    if not TABLES.is_dir():
        pytest.skip("the tables of facts are not there")
    body = (TABLES / file).read_bytes()
    payload = Payload(source.id, PREFIX + file, datetime(2026, 11, 23, tzinfo=UTC), "0" * 64, body)
    records = check(source.parse((payload,)))
    accepted = sum(frame.height for frame in records.frames.values())
    assert accepted > 0
    assert records.refused.height <= 0.25 * (accepted + records.refused.height)
    for kind in (Kind.SERIES_POINT, Kind.EVENT):
        if kind in records.frames:
            assert records.frames[kind]["url"].null_count() == 0


@pytest.mark.recordings
def test_no_table_of_facts_is_forgotten() -> None:
    """Every file of the folder is read by one of the two sources, and by one only."""
    if not TABLES.is_dir():
        pytest.skip("the tables of facts are not there")
    assert sorted(file for _, file in FILES) == sorted(path.name for path in TABLES.glob("*.csv"))


def test_figures_that_may_not_be_handed_on_are_kept_apart() -> None:
    """Ramp's index stands alone in a source that is not shipped."""
    assert files_of(RESTRICTED) == ["adoption_ramp_ai_index.csv"]
    assert not RESTRICTED.shippable
    assert FACTS.shippable
