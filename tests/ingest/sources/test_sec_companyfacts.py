"""Quarters out of sums since a year began: by subtraction, the report filed last, no gap bridged."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from ingest.errors import ParseError
from ingest.records import Kind
from ingest.sources.markets.sec_companyfacts import COMPANIES, MEASURES, parse
from tests.ingest.sources.conftest import MakePayload

CASH, CAPEX = MEASURES["operating-cash"][0][0], MEASURES["capex"][0]


def span(start: str, end: str, value: object, filed: str = "2025-02-01") -> dict[str, Any]:
    """A figure of a report for the days from `start` to `end`."""
    return {"start": start, "end": end, "val": value, "filed": filed}


YEAR = [
    span("2024-01-01", "2024-03-31", 10),
    span("2024-01-01", "2024-06-30", 30),
    span("2024-01-01", "2024-09-30", 60),
    span("2024-01-01", "2024-12-31", 100),
]
QUARTERS = {date(2024, 1, 1): 10.0, date(2024, 4, 1): 20.0, date(2024, 7, 1): 30.0, date(2024, 10, 1): 40.0}


def quarters(
    make_payload: MakePayload, facts: dict[str, list[dict[str, Any]]], cik: int = 1
) -> dict[date, float]:
    """First day and figure of each quarter that is told."""
    told = {"cik": cik, "entityName": "Quokka", "facts": {"us-gaap": {
        tag: {"units": {"USD": rows}} for tag, rows in facts.items()
    }}}  # fmt: skip
    frames = parse([make_payload("sec-companyfacts", json.dumps(told))]).frames
    return dict(frames[Kind.SERIES_POINT].select("valid_on", "value").iter_rows())


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (YEAR, QUARTERS),
        (YEAR[::-1], QUARTERS),
        ([*YEAR, span("2024-04-01", "2024-06-30", 20)], QUARTERS),
        ([YEAR[0], *YEAR[2:]], {date(2024, 1, 1): 10.0, date(2024, 10, 1): 40.0}),
        (YEAR[3:], {}),
        ([span("2024-01-01", "2024-04-07", 7)], {date(2024, 1, 1): 7.0}),
        ([span("2024-01-01", "2024-03-31", 9, "2025-06-01"), YEAR[0]], {date(2024, 1, 1): 9.0}),
        ([YEAR[0], span("2024-01-01", "2024-03-31", 9)], {date(2024, 1, 1): 9.0}),
        ([span("2024-01-01", "2024-03-31", "n/a"), YEAR[0]], {date(2024, 1, 1): 10.0}),
    ],
    ids=[
        "sums since January",
        "in any order",
        "a quarter beside",
        "no half year",
        "a year alone",
        "fourteen weeks",
        "corrected",
        "filed on one day",
        "no figure",
    ],
)
def test_quarters_are_what_sums_of_a_year_leave(
    make_payload: MakePayload, rows: list[dict[str, Any]], told: dict[date, float]
) -> None:
    """Reports give the year so far; a quarter whose sum before is missing is not made up."""
    filler = span("2020-01-01", "2020-03-31", 1)
    assert quarters(make_payload, {CASH: [filler, *rows]}) == {date(2020, 1, 1): 1.0} | told


def test_of_two_tags_the_first_that_a_quarter_has_counts(make_payload: MakePayload) -> None:
    """A company that changed its tag has both, each for other quarters."""
    first, second = CAPEX
    found = quarters(
        make_payload,
        {
            first: [span("2024-01-01", "2024-03-31", 5)],
            second: [*YEAR[:1], span("2023-10-01", "2023-12-31", 4)],
        },
    )
    assert found == {date(2023, 10, 1): 4.0, date(2024, 1, 1): 5.0}


@pytest.mark.parametrize("body", ["[]", "{}", '{"cik": 1, "facts": {"us-gaap": {}}}'])
def test_what_holds_no_such_figure_is_an_error(make_payload: MakePayload, body: str) -> None:
    """In words; an empty list would look as if a company had stopped spending."""
    with pytest.raises(ParseError, match="holds no"):
        parse([make_payload("sec-companyfacts", body)])


def test_companies_are_named_as_people_do(make_payload: MakePayload) -> None:
    """One that nobody listed keeps the name that it reports under."""
    key, (slug, name) = next(iter(COMPANIES.items()))
    for cik, series_id, title in ((key, slug, name), (1, "cik-1", "Quokka")):
        body = {
            "cik": cik,
            "entityName": "Quokka",
            "facts": {"us-gaap": {CASH: {"units": {"USD": YEAR[:1]}}}},
        }
        series = parse([make_payload("sec-companyfacts", json.dumps(body))]).frames[Kind.SERIES]
        assert series["series_id"].to_list() == [f"sec-operating-cash-{series_id}"]
        assert series["title"].to_list() == [f"{title}: cash from operations"]
