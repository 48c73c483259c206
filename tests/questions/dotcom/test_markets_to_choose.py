"""Which markets and starts of booms can be chosen, and what an address means by them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from analysis.results import Window
from questions.controls import Choice, Number, Switch, specs
from questions.dotcom.controls import DotcomControls
from questions.dotcom.markets import (
    CRASH,
    MARKETS,
    NOW,
    PEAKS_WITHIN,
    THEN,
    USES,
    available,
    closes_of,
    has,
    market_named,
)


def points(*rows: tuple[str, date, float, str | None]) -> pl.DataFrame:
    """Series, day, value and note."""
    return pl.DataFrame(
        rows,
        schema={"series_id": pl.String, "valid_on": pl.Date, "value": pl.Float64, "note": pl.String},
        orient="row",
    ).with_columns(source_id=pl.lit("list"))


OPENING = date(2022, 11, 30)


def test_markets_that_reach_into_the_later_boom_stand_first() -> None:
    """Both series of a market must be there; one that ends on the day of its start reaches not into it."""
    rows = points(
        ("nasdaq-composite", OPENING, 1.0, None),
        ("nasdaq-100", date(2022, 12, 1), 1.0, None),
        ("monthly-close-csco", date(2026, 1, 1), 1.0, None),
        ("monthly-close-msft", date(2026, 1, 1), 1.0, None),
    )
    assert [market.name for market in available(rows)] == ["nasdaq-100", "microsoft", "nasdaq-composite"]
    assert [market.name for market in available(rows.head(1))] == ["nasdaq-composite"]
    assert available(rows.clear()) == ()
    assert has(rows, "nasdaq-100") and not has(rows, "shiller-sp500")
    assert market_named("cisco-nvidia").now == "monthly-close-nvda"
    assert market_named("sp500").then == market_named("sp500").now == "shiller-sp500"
    assert len({market.name for market in MARKETS}) == len(MARKETS)
    with pytest.raises(KeyError):
        market_named("nobody")


def test_the_index_with_the_newest_prices_is_the_default() -> None:
    """Before those that end earlier, and before companies, however new; of two as new the first as listed."""
    rows = points(
        ("nasdaq-composite", date(2025, 12, 31), 1.0, None),
        ("nasdaq-100", date(2026, 7, 2), 1.0, None),
        ("shiller-sp500", date(2026, 5, 1), 1.0, None),
        ("monthly-close-msft", date(2026, 8, 1), 1.0, None),
    )
    named = [market.name for market in available(rows)]
    assert named == ["nasdaq-100", "sp500", "nasdaq-composite", "microsoft"]
    as_new = rows.with_columns(valid_on=pl.lit(date(2026, 7, 2)))
    assert [market.name for market in available(as_new)][:2] == ["nasdaq-composite", "nasdaq-100"]


def test_a_month_end_close_is_of_the_day_in_its_note() -> None:
    """In the order of days; a note that is no day leaves the first of the month."""
    rows = points(
        ("a", date(2020, 2, 1), 3.0, "2020-02-28"),
        ("a", date(2020, 1, 1), 2.0, "revised"),
        ("a", date(2020, 3, 1), 4.0, None),
        ("b", date(2020, 1, 1), 9.0, None),
    )
    assert closes_of(rows, "a").rows() == [
        (date(2020, 1, 1), 2.0, "list"),
        (date(2020, 2, 28), 3.0, "list"),
        (date(2020, 3, 1), 4.0, "list"),
    ]


def test_starts_and_windows_are_days_of_record() -> None:
    """An address that names one means the same day for ever."""
    assert {name: start.starts_on for name, start in THEN.items()} == {
        "netscape": date(1995, 8, 9),
        "nasdaq-1000": date(1995, 7, 17),
        "exuberance": date(1996, 12, 5),
        "october-1998": date(1998, 10, 8),
    }
    assert {name: start.starts_on for name, start in NOW.items()} == {
        "chatgpt": OPENING,
        "gpt-4": date(2023, 3, 14),
        "nvidia-forecast": date(2023, 5, 25),
    }
    assert Window(date(2000, 3, 10), date(2002, 10, 9)) == CRASH
    assert Window(date(1998, 1, 1), date(2001, 12, 31)) == PEAKS_WITHIN
    assert [divided for *_, divided in USES.values()] == [1e9, 1.0, 1.0, 1.0]


def test_months_are_dear_and_fast_risen_within_bounds() -> None:
    """CAPE of 25 in steps of one, a rise by half in steps of ten; nominal levels, a logarithmic axis."""
    controls, known = DotcomControls(), specs(DotcomControls)
    assert (controls.cape, controls.rise, controls.real, controls.log_boom) == (25, 50, False, True)
    assert (controls.market, controls.then, controls.now) == (None, "netscape", "chatgpt")
    bounds = {name: (one.low, one.high, one.step) for name, one in known.items() if isinstance(one, Number)}
    assert bounds == {"cape": (15, 35, 1), "rise": (20, 100, 10)}
    assert [name for name, one in known.items() if isinstance(one, Switch)] == ["real", "log_boom"]
    for name, starts in (("then", THEN), ("now", NOW)):
        choice = known[name]
        assert isinstance(choice, Choice)
        assert not callable(choice.options)
        assert [option.value for option in choice.options] == list(starts)
