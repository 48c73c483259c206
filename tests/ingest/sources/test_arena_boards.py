"""Arena's boards: scales, dates, blanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import ParseError
from ingest.records import Kind
from tests.ingest.sources.conftest import TakeIn

LATEST = Path("latest.parquet")


def test_raw_and_style_controlled_ratings_have_different_ids(take_in: TakeIn) -> None:
    """They are different scales, so no benchmark id is shared."""
    raw = take_in("arena-text", LATEST).frames[Kind.SCORE]["benchmark_id"]
    styled = take_in("arena-text-style-control", LATEST).frames[Kind.SCORE]["benchmark_id"]
    assert set(raw) == {"arena-text", "arena-text-hard-prompts"}
    assert set(styled) == {"arena-text-style-control", "arena-text-style-control-hard-prompts"}


def test_ratings_have_no_ceiling(take_in: TakeIn) -> None:
    """Bradley-Terry points are unbounded: ceiling and baseline stay null."""
    boards = take_in("arena-text", LATEST).frames[Kind.BENCHMARK]
    assert boards["ceiling"].null_count() == boards["random_baseline"].null_count() == boards.height


def test_an_empty_organization_is_not_stated(take_in: TakeIn) -> None:
    """The empty text of some rows becomes null."""
    rows = take_in("arena-text", LATEST).frames[Kind.SCORE]
    assert rows.filter(rows["model_name"] == "beta-70b")["organization"].to_list() == [None]


def test_each_rating_bears_its_publish_date(take_in: TakeIn) -> None:
    """Only models of one date compare, so the date is part of the key; old rows may lack bounds."""
    rows = take_in("arena-text", Path("full.parquet")).frames[Kind.SCORE]
    assert {str(on) for on in rows["valid_on"]} == {"2023-05-08", "2026-04-23"}
    assert rows.filter(rows["model_name"] == "old-1").select("low", "high", "trials").row(0) == (None,) * 3


def test_a_page_in_place_of_parquet_is_refused_whole(take_in: TakeIn) -> None:
    """An error page raises ParseError."""
    with pytest.raises(ParseError, match="a web page, not a Parquet file"):
        take_in("arena-text", "<html>Bad gateway</html>")
