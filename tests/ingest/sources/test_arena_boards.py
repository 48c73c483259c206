"""Arena's boards: scales, dates, blanks."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from ingest.errors import ParseError
from ingest.records import Kind, Records, check
from ingest.registry import load_sources
from ingest.source import Payload
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


def test_what_a_board_states_besides_the_rating_is_kept_and_may_be_missing() -> None:
    """Bounds, votes and the root of the variance; a board of the needed columns alone has none of them."""
    row = {"model_name": "alpha-2", "rating": 1400.0, "category": "overall"}
    row |= {"leaderboard_publish_date": "2026-04-23"}
    more = {"organization": "AlphaLab", "rating_lower": 1390.0, "rating_upper": 1411.0}
    more |= {"variance": 25.0, "vote_count": 1234.0}
    columns = ("organization", "low", "high", "stderr", "trials")
    assert scores(row | more).select(columns).row(0) == ("AlphaLab", 1390.0, 1411.0, 5.0, 1234)
    assert scores(row).select(columns).row(0) == (None,) * 5
    assert scores(row | more | {"variance": -1.0})["stderr"].to_list() == [None]


def taken(*rows: Mapping[str, object]) -> Records:
    body = io.BytesIO()
    pl.DataFrame(rows).write_parquet(body)
    board = load_sources().sources["arena-text"]
    at = datetime(2026, 5, 1, tzinfo=UTC)
    url = "https://huggingface.co/datasets/x/text/latest-00000-of-00001.parquet"
    return check(board.parse([Payload(board.id, url, at, "0" * 64, body.getvalue())]))


def scores(row: Mapping[str, object]) -> pl.DataFrame:
    return taken(row).frames[Kind.SCORE]


def test_a_page_in_place_of_parquet_is_refused_whole(take_in: TakeIn) -> None:
    """An error page raises ParseError."""
    with pytest.raises(ParseError, match="a web page, not a Parquet file"):
        take_in("arena-text", "<html>Bad gateway</html>")


@pytest.mark.parametrize(
    ("licences", "is_open"),
    [
        (["Proprietary", "MIT"], True),
        (["MIT", "proprietary"], False),
        (["Proprietary", ""], False),
        (["Proprietary", "-"], False),
        (["MIT", None], True),
        (["", None], None),
    ],
)
def test_the_newest_licence_that_is_stated_says_whether_weights_are_open(
    licences: list[str | None], is_open: bool | None
) -> None:
    """A blank, a dash and nothing at all state none; of a model without one nothing is said."""
    rows = [
        {"model_name": "alpha-2", "rating": 1400.0, "category": "overall", "license": licence}
        | {"leaderboard_publish_date": f"2026-04-0{day}", "organization": f"Lab {day}"}
        for day, licence in enumerate(licences, start=1)
    ]
    facts = taken(*rows).frames[Kind.MODEL_FACT]
    assert facts["open_weights"].to_list() == ([] if is_open is None else [is_open])
