"""What a process that parses has found comes to the one that waits for it as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from ingest.records import Kind, Records, check, complaint
from ingest.take_in.records_file import read_records, write_records


def test_records_come_back_as_they_were(tmp_path: Path) -> None:
    """Types, nulls, order, refusals and counts; a kind without rows is still named."""
    said = {"model_name": ["a", "b", "b"], "tokens": [1.5, None, None], "valid_on": [date(2026, 1, 2)] * 3}
    points = pl.DataFrame(
        {"series_id": [], "value": []}, schema={"series_id": pl.String, "value": pl.Float64}
    )
    frames = {
        Kind.USAGE: pl.DataFrame(said).with_columns(valid_precision=pl.lit("day")),
        Kind.SERIES_POINT: points,
    }
    records = check(Records(frames, complaint("a line was torn")))
    write_records(tmp_path / "records", records)
    found = read_records(tmp_path / "records")
    assert isinstance(found, Records)
    assert list(found.frames) == list(records.frames)
    assert all(found.frames[kind].equals(records.frames[kind]) for kind in records.frames)
    assert all(found.frames[kind].schema == records.frames[kind].schema for kind in records.frames)
    assert found.refused.equals(records.refused)
    assert found.repeated == records.repeated == {Kind.USAGE: 1, Kind.SERIES_POINT: 0}


def test_why_nothing_was_found_comes_back_in_words(tmp_path: Path) -> None:
    """Whatever signs they hold."""
    write_records(tmp_path / "records", "no table:\n“gpt-5” is missing")
    assert read_records(tmp_path / "records") == "no table:\n“gpt-5” is missing"
