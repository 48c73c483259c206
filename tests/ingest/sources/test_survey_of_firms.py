"""US firms that use AI: fortnights, wordings, whom an answer is of, and its bounds."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ingest.errors import ParseError
from ingest.records import Kind, Records, check
from ingest.source import Payload, State
from ingest.sources.markets import census_btos, census_btos_api
from tests.workbooks import Cell, workbook

USES = "In the last two weeks, did this business use Artificial Intelligence (AI)?"
AHEAD = "During the next six months, do you think this business will be using Artificial Intelligence?"


@pytest.mark.parametrize(
    ("cycle", "day"),
    [("202319", "2023-09-11"), ("202301", "2023-01-02"), ("202524", "2025-11-17"), ("202601", "2025-12-29")],
)
def test_a_fortnight_begins_on_the_monday_of_its_odd_week(cycle: str, day: str) -> None:
    """Numbered from the first week of the ISO year."""
    assert census_btos.cycle_start(cycle).isoformat() == day


def book(header: list[str], *rows: list[Cell], url: str = census_btos.URL) -> Payload:
    """A workbook of the survey with one sheet."""
    sheet = "National Estimates" if url == census_btos.OLD_WORDING else "Response Estimates"
    body = workbook([[*header], *rows], name=sheet)
    return Payload("census-btos", url, datetime(2026, 6, 1, tzinfo=UTC), "0" * 64, body)


def points(records: Records) -> list[tuple[Any, ...]]:
    frame = records.frames[Kind.SERIES_POINT].sort("series_id", "valid_on")
    return frame.select("series_id", "valid_on", "value", "note").rows()


def test_shares_are_of_a_wording_a_time_and_a_place() -> None:
    """Only answers Yes to questions about AI; a cell that is no percentage is missing."""
    rows: list[list[Cell]] = [
        ["Texas", USES, "Yes", "9.1%", "10%", "S", "x"],
        ["Texas", AHEAD, "Yes", "12.5%", "S", "13%", "x"],
        ["Texas", USES, "No", "90%", "90%", "90%", "x"],
        ["Texas", "Did this business hire?", "Yes", "1%", "1%", "1%", "x"],
    ]
    records = check(
        census_btos.parse(
            [book(["State", "Question", "Answer", "202523", "202524", "202525", "Note"], *rows)]
        )
    )
    assert points(records) == [
        ("btos-ai-expect-v1-texas", date(2025, 11, 3), pytest.approx(0.125), "cycle 202523"),
        ("btos-ai-expect-v2-texas", date(2025, 12, 1), pytest.approx(0.13), "cycle 202525"),
        ("btos-ai-use-v1-texas", date(2025, 11, 3), pytest.approx(0.091), "cycle 202523"),
        ("btos-ai-use-v2-texas", date(2025, 11, 17), pytest.approx(0.1), "cycle 202524"),
    ]
    series = records.frames[Kind.SERIES].sort("series_id").select("series_id", "title", "region").rows()
    assert series[0] == (
        "btos-ai-expect-v1-texas",
        "Firms in Texas that expect to use AI (wording 1)",
        "Texas",
    )
    assert series[3] == ("btos-ai-use-v2-texas", "Firms in Texas that use AI (wording 2)", "Texas")


@pytest.mark.parametrize(
    ("column", "cell", "place", "region"),
    [
        (None, None, "us", "United States"),
        ("Sector", "54", "sector-54", "sector 54"),
        ("State", "New York", "new-york", "New York"),
    ],
)
def test_a_file_is_of_what_its_column_divides_firms_by(
    column: str | None, cell: str | None, place: str, region: str
) -> None:
    """One that has none is of the nation."""
    head, first = ([column], [cell]) if column and cell else ([], [])
    records = check(
        census_btos.parse([book([*head, "Question", "Answer", "202319"], [*first, USES, "Yes", "3.7%"])])
    )
    assert [row[0] for row in points(records)] == [f"btos-ai-use-v1-{place}"]
    assert records.frames[Kind.SERIES]["region"].to_list() == [region]


def test_the_old_wording_has_a_sheet_of_its_own_name_and_a_lost_column_is_told() -> None:
    """The message names what is missing."""
    old = book(["Question", "Answer", "202319"], [USES, "Yes", "3.7%"], url=census_btos.OLD_WORDING)
    assert len(points(check(census_btos.parse([old])))) == 1
    with pytest.raises(ParseError, match=r"lacks the columns Answer$"):
        census_btos.parse([book(["Question", "202319"], [USES, "3.7%"])])


@pytest.mark.parametrize(
    ("day", "newest"),
    [(date(2023, 9, 25), 31), (date(2023, 9, 24), 30), (date(2023, 10, 8), 31), (date(2023, 10, 9), 32)],
)
def test_the_last_six_fortnights_that_are_over_are_asked_for(day: date, newest: int) -> None:
    """The newest first."""
    urls = census_btos_api.addresses(State(datetime(day.year, day.month, day.day, tzinfo=UTC)))
    assert urls == [
        f"https://www.census.gov/hfp/btos/api/periods/{newest - at}/data/naics2/XX" for at in range(6)
    ]


def answered(*rows: object, period: int = 87) -> Payload:
    url = f"https://www.census.gov/hfp/btos/api/periods/{period}/data/naics2/XX"
    return Payload("s", url, datetime(2026, 6, 1, tzinfo=UTC), "0" * 64, json.dumps(list(rows)).encode())


def row(question: str = USES, share: Any = 10, error: Any = 0.5, **more: object) -> dict[str, object]:
    said = {"QUESTION": question, "ANSWER": "Yes", "ESTIMATE_PERCENTAGE": share, "STANDARD_ERROR": error}
    return {**said, **more}


@pytest.mark.parametrize(("period", "wording"), [(87, 1), (88, 2)])
def test_an_answer_is_a_share_with_its_bounds(period: int, wording: int) -> None:
    """1.96 standard errors on either side, within none and all; a fortnight is 14 days."""
    records = check(census_btos_api.parse([answered(row(), row(AHEAD, 99.9, None), period=period)]))
    said = records.frames[Kind.SERIES_POINT].sort("series_id")
    assert said["series_id"].to_list() == [
        f"btos-api-ai-expect-v{wording}-us",
        f"btos-api-ai-use-v{wording}-us",
    ]
    expect, use = said.to_dicts()
    assert (use["value"], use["low"], use["high"]) == pytest.approx((0.1, 0.0902, 0.1098))
    assert (expect["value"], expect["low"], expect["high"]) == (pytest.approx(0.999), None, None)
    assert (use["valid_on"] - date(2023, 9, 11)).days == 14 * (period - 31)
    assert use["note"] == f"period {period}"
    title = records.frames[Kind.SERIES].sort("series_id")["title"].to_list()
    assert title == [
        f"Firms in the United States that {verb} AI (wording {wording}), survey's interface"
        for verb in ("expect to use", "use")
    ]


def test_bounds_end_at_none_and_all() -> None:
    """And the words of the answer for its days are its note."""
    found = (
        check(
            census_btos_api.parse([answered(row(share=0.5, error=1, DATE_RANGE="May"), row(AHEAD, 99.5, 1))])
        )
        .frames[Kind.SERIES_POINT]
        .sort("series_id")
    )
    assert found["high"].to_list() == [1.0, pytest.approx(0.0246)]
    assert found["low"].to_list() == [pytest.approx(0.9754), 0.0]
    assert found["note"].to_list() == ["period 87", "May"]


@pytest.mark.parametrize(
    "other",
    [7, row("Did this business hire?"), row(share="10"), row(share=None), row(ANSWER="No")],
)
def test_what_is_no_answer_yes_about_ai_is_left_out(other: object) -> None:
    """Without any the whole is refused: the survey has changed."""
    assert check(census_btos_api.parse([answered(other, row())])).frames[Kind.SERIES_POINT].height == 1
    with pytest.raises(ParseError, match="holds no answer Yes"):
        census_btos_api.parse([answered(other)])


def test_a_fortnight_that_is_not_released_holds_nothing() -> None:
    """Null is no fault; an answer of another form, or of no fortnight, is."""
    at = datetime(2026, 6, 1, tzinfo=UTC)
    url = "https://www.census.gov/hfp/btos/api/periods/87/data/naics2/XX"
    assert census_btos_api.parse([Payload("s", url, at, "0" * 64, b"null")]).frames == {}
    for address, body in ((url, b"{}"), ("https://www.census.gov/", b"[]")):
        with pytest.raises(ParseError, match="is no list of answers of one fortnight"):
            census_btos_api.parse([Payload("s", address, at, "0" * 64, body)])
