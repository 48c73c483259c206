"""What is said of the data wall: at most thirty words first, for each verdict, with open ends in words."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from analysis.datawall.crossing import GrowthVerdict, SetGrowth, WallForecast, WallVerdict
from analysis.results import Estimate, Interval, Window
from charts.datawall.crossing_years import Scenario, crossing_years, year_text
from charts.parts.figure import Footing
from questions.datawall.words import (
    EACH_ASSUMPTION,
    across,
    first_line,
    meeting,
    of_growth,
    of_largest,
    of_never,
    of_newer,
    of_past,
    rests_on,
    would_change,
)

AS_OF = date(2026, 11, 29)
WINDOW = Window(date(2010, 6, 1), date(2023, 11, 30))


def forecast(
    verdict: WallVerdict = WallVerdict.DATED, high: float = 2031.2, never: float = 0.0, sets: int = 80
) -> WallForecast:
    """A forecast of a verdict, with a year where the verdict has one."""
    year = Estimate(2029.1, Interval(2027.4, high, 0.80))
    dated = verdict in (WallVerdict.DATED, WallVerdict.OPEN_ENDED)
    told = verdict is not WallVerdict.CANNOT_BE_TOLD
    slope = Estimate(0.37, Interval(0.267, 0.484, 0.95)) if told else None
    growth = SetGrowth(
        slope, sets, WINDOW, "", GrowthVerdict.GROWING if told else GrowthVerdict.CANNOT_BE_TOLD
    )
    stock = Estimate(323e12, Interval(86e12, 1290e12, 0.90))
    return WallForecast(year if dated else None, stock, growth, never, WINDOW, pl.DataFrame(), "", verdict)


@pytest.mark.parametrize(
    ("made", "own", "line"),
    [
        (
            forecast(),
            False,
            "The largest training set would need all public human text in early 2029 (80\u00a0% interval "
            "2027 to 2031), if sets grow as they did up to 30 November 2023.",
        ),
        (
            forecast(WallVerdict.OPEN_ENDED, math.inf),
            True,
            "The largest training set would need all public human text in early 2029 (80\u00a0% interval "
            "from 2027, open-ended), under your assumptions (training sets up to 30 November 2023).",
        ),
        (
            forecast(WallVerdict.NONE_IN_SIGHT),
            True,
            "As of 29 November 2026 training sets do not meet the stock of public human text in this "
            "century in most draws, under your assumptions.",
        ),
        (
            forecast(WallVerdict.CANNOT_BE_TOLD, sets=9),
            False,
            "As of 29 November 2026 it cannot be told when training sets meet the stock of public human "
            "text: 9 training sets are too few.",
        ),
    ],
)
def test_the_first_line_has_the_year_or_why_there_is_none(made: WallForecast, own: bool, line: str) -> None:
    """One sentence for each verdict, of at most thirty words."""
    said = first_line(made, AS_OF, own=own)
    assert said == line
    assert len(said.split()) <= 30


@pytest.mark.parametrize(("never", "said"), [(0.0, False), (0.004, False), (0.005, True), (0.12, True)])
def test_draws_without_a_crossing_are_the_caveat(never: float, said: bool) -> None:
    """From one in two hundred draws on they are told; without a year the first line says it all."""
    assert bool(of_never(forecast(never=never))) is said
    assert of_never(forecast(WallVerdict.NONE_IN_SIGHT, never=0.7)) == ""
    assert "12\u00a0% of draws" in of_never(forecast(never=0.12))


def test_what_it_rests_on_has_stock_and_growth_with_intervals() -> None:
    """Tokens are said once, the ends of the interval as numbers."""
    assert rests_on(forecast()).startswith(
        "A stock of 320 trillion tokens (90 % interval 86 trillion to 1,300 trillion) at the start of 2024, "
        "and 80 training sets of 2010 to 2023 that grew by a factor of 2.3 a year (95 % interval 1.8 to 3.0; "
        "0.37 orders of magnitude)."
    )


def test_newer_sets_have_their_own_year_or_none() -> None:
    """With its interval; without a crossing it says that there is no year."""
    assert "which alone would give early 2029 (80\u00a0% interval 2027 to 2031)" in of_newer(
        forecast(sets=20)
    )
    assert "which gives no year" in of_newer(forecast(WallVerdict.NONE_IN_SIGHT))
    assert of_newer(forecast(WallVerdict.CANNOT_BE_TOLD, sets=3)).startswith(
        "**3 newer sets of June 2010 to November 2023**, not among those of the paper, are drawn but not "
        "fitted: "
        "a fit takes at least 10 sets over at least 3 years. The paper's sizes are words"
    )


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (WallVerdict.DATED, "around 2029"),
        (WallVerdict.NONE_IN_SIGHT, "do not meet the stock of human text in this century"),
        (WallVerdict.CANNOT_BE_TOLD, "cannot be told"),
    ],
)
def test_the_title_of_the_chart_says_when_they_meet(verdict: WallVerdict, words: str) -> None:
    """In one clause, without an interval."""
    assert words in meeting(forecast(verdict), AS_OF)


def test_growth_has_its_interval_or_cannot_be_told() -> None:
    """Without an interval the factor stands alone; too few sets have none."""
    grown = forecast().growth
    assert of_growth(grown).endswith(
        "that grew by a factor of 2.3 a year (95 % interval 1.8 to 3.0; 0.37 orders of magnitude)"
    )
    assert of_growth(replace(grown, estimate=Estimate(0.37))).endswith("that grew by a factor of 2.3 a year")
    few = "a growth that cannot be told from 80 sets"
    assert of_growth(replace(grown, estimate=None)) == few
    assert of_growth(replace(grown, window=None)) == few


def test_a_stock_without_an_interval_is_a_figure_alone() -> None:
    """Tokens are said once."""
    made = replace(forecast(), stock_tokens=Estimate(323e12))
    assert rests_on(made).startswith("A stock of 320 trillion tokens at the start of 2024, and 80 ")


def test_without_a_window_the_line_names_the_day_that_is_asked_for() -> None:
    """Where no set dates the growth."""
    said = first_line(replace(forecast(), window=None), AS_OF, own=False)
    assert said.endswith("if sets grow as they did up to 29 November 2026.")


def test_sets_that_never_meet_the_stock_do_not_as_they_grew() -> None:
    """Where no reader moved an assumption."""
    said = first_line(forecast(WallVerdict.NONE_IN_SIGHT), AS_OF, own=False)
    assert said.endswith("in this century in most draws, if they grow as they did.")


def test_a_year_without_a_share_of_never_has_no_caveat() -> None:
    """What is not known is not told."""
    assert of_never(replace(forecast(), never=None)) == ""


def test_a_year_that_is_past_is_said_as_past() -> None:
    """A crossing in early 2029 lies ahead in November 2026 and behind in 2030; others' years are not ours."""
    made, later = forecast(), date(2030, 1, 1)
    assert "would already have needed all" in first_line(made, later, own=False)
    assert meeting(made, later) == (
        "Had training sets grown as assumed, the largest would have equalled the stock of public human text "
        "around 2029"
    )
    compared = [
        Scenario("Faster", made.estimate),
        Scenario("Never", None),
        Scenario("P", made.estimate, False),
    ]
    assert of_past(compared, later) == (
        "The middle year lies before 1 January 2030 under: Faster, early 2029 (80\u00a0% interval 2027 "
        "to 2031)."
    )
    assert of_past(compared, AS_OF) == ""


def test_the_title_says_how_far_the_assumptions_move_the_year() -> None:
    """From the earliest to the latest that is computed here; years that are called alike are one."""
    early, late = (Scenario(f"{year}", Estimate(year)) for year in (2026.1, 2029.1))
    never, others = Scenario("Never", None), Scenario("P", Estimate(2035.0), False)
    assert across([late, early, others]) == (
        "The middle year moves with the assumption, from early 2026 to early 2029"
    )
    assert across([early, late, never]).endswith("; under 1 of 3 there is none in this century")
    assert across([late, late]) == "The middle year is early 2029, whichever assumption is made"
    assert across([never, others]) == EACH_ASSUMPTION


def test_how_well_the_stock_is_known_is_computed() -> None:
    """86 to 1,290 trillion are a factor of 15; without an interval nothing is said of it."""
    assert would_change(forecast()).endswith("the ends of its 90\u00a0% interval lie a factor of 15 apart.")
    assert would_change(replace(forecast(), stock_tokens=Estimate(323e12))).endswith("then the stock.")


def test_the_largest_set_has_its_month_its_unit_and_its_share_of_the_stock() -> None:
    """36 of 360 trillion are a tenth; the stock's interval is that of the share, its ends swapped."""
    sets = pl.DataFrame(
        {
            "title": ["Quokka", "Wombat"],
            "published_on": [date(2025, 4, 1), date(2026, 1, 1)],
            "tokens": [36e12, 9e12],
            "counted_in": ["tokens, 119 languages", "tokens"],
            "note": ["some of it synthetic", None],
        }
    )
    stock = Estimate(360e12, Interval(90e12, 1200e12, 0.90))
    assert of_largest(sets, stock) == (
        "**The largest set known** is that of Quokka (April 2025): 36 trillion tokens (119 languages; some "
        "of it "
        "synthetic), 10\u00a0% of the stock at the start of 2024 (90\u00a0% interval 3.0\u00a0% to "
        "40\u00a0%)."
    )
    assert "Wombat (January 2026): 9 trillion tokens, 2.5\u00a0% of" in of_largest(sets.tail(1), stock)


def test_a_year_of_others_is_as_fine_as_they_gave_it() -> None:
    """The paper says 2028, and not which part of it; ours has parts."""
    published = Estimate(2028.0, Interval(2026.0, 2032.0, 0.80))
    assert year_text(published, to_the_year=True) == "2028 (2026 to 2032)"
    assert year_text(published) == "early 2028 (2026 to 2032)"
    chart = crossing_years(
        [Scenario("The paper", published, computed_here=False)], "Title", Footing((), AS_OF, 1)
    )
    assert chart.alt == "Title. The paper: 2028 (2026 to 2032)."
